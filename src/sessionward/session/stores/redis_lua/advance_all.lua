also_when_full()
return redis.call('HINCRBY', epochs, ARGV[1], 1)
