return redis.call('HGET', epochs, ARGV[1]) or '0'
