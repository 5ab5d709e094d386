-- Both `cas` and `renew`: where there is no `retired`, the digest stays.
local nonce, handle, expected, digest, epoch, version, counted, last_active, core, old, grace_until = unpack(ARGV)
local found = living(handle)
if not found then
  return 'gone'
end
if found[VERSION] ~= expected or found[DIGEST] ~= (old or digest) or (old and is_known(digest)) then
  return 'conflict'
end
local before = found[BEFORE]
found[VERSION], found[DIGEST], found[EPOCH], found[COUNTED], found[CORE] = version, digest, epoch, counted, core
if old then
  found[BEFORE] = old
end
save(handle, found)
if tonumber(last_active) > tonumber(redis.call('HGET', activity, handle)) then
  redis.call('HSET', activity, handle, last_active)
end
if old then
  redis.call('HSET', retired, old, cmsgpack.pack({ handle, grace_until, digest, before }))
  redis.call('HDEL', tokens, old)
  redis.call('HSET', tokens, digest, handle)
end
tell(nonce, handle, found[SUBJECT], '', '', '')
return 'stored'
