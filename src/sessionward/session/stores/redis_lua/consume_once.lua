-- What expired long ago goes here as well; the margin is for whoever's clock is behind this caller's.
local place, before, now, cutoff = unpack(ARGV)
local known = redis.call('ZSCORE', once, place)
if known and tonumber(known) > tonumber(now) then
  return 0
end
redis.call('ZADD', once, before, place)
redis.call('ZREMRANGEBYSCORE', once, '-inf', cutoff)
return 1
