local cursor, limit = ARGV[1], ARGV[2]
local told = redis.call('HGET', meta, 'told') or '0-0'
local purged = redis.call('HGET', meta, 'purged') or '0-0'
local is_known_cursor = cursor == purged or #redis.call('XRANGE', feed, cursor, cursor) == 1
return { is_known_cursor and 1 or 0, told, redis.call('XRANGE', feed, '(' .. cursor, '+', 'COUNT', limit) }
