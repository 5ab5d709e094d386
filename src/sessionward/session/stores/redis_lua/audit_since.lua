return redis.call('XRANGE', trail, '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
