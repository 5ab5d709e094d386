local handle, last_active = ARGV[1], ARGV[2]
if not living(handle) then
  return 0
end
if tonumber(last_active) > tonumber(redis.call('HGET', activity, handle)) then
  redis.call('HSET', activity, handle, last_active)
end
return 1
