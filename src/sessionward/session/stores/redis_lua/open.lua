local format = ARGV[1]
local found = redis.call('HGET', meta, 'format')
if not found then
  redis.call('HSET', meta, 'format', format)
end
return found or format
