local digest = ARGV[1]
local handle = redis.call('HGET', tokens, digest)
local grace_until, successor = '0', nil
if not handle then
  local packed = redis.call('HGET', retired, digest)
  if not packed then
    return false
  end
  handle, grace_until, successor = unpack(cmsgpack.unpack(packed))
end
local found = cell(handle)
if not found then
  return false
end
if found[REASON] ~= '' then
  return { handle, found[REASON], found[AT] }
end
local age = 'current'
if successor then
  age = successor == found[DIGEST] and 'previous' or 'retired'
end
local last_active = redis.call('HGET', activity, handle)
local answer = { age, grace_until, found[CORE], last_active, found[VERSION], found[EPOCH] }
local values = redis.call('HGET', data, handle)
if values then
  for place, part in ipairs(cmsgpack.unpack(values)) do
    answer[5 + place] = part
  end
  answer[6] = found[EPOCH]
end
return answer
