local cutoff, most, now = unpack(ARGV)
redis.call('ZREMRANGEBYSCORE', once, '-inf', now)
return forget(cutoff, most)
