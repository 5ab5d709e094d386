local nonce, handle, digest, subject, epoch, version, counted, created, last_active, deadline, core = unpack(ARGV, 1, 11)
local limit, now, taken_over, cutoff = unpack(ARGV, 12, 15)
if redis.call('HEXISTS', sessions, handle) == 1 or is_known(digest) then
  return { 'exists' }
end
if subject ~= '' and epoch_of(subject) ~= epoch then
  return { 'epoch passed' }
end

local ending = {}
if subject ~= '' and limit ~= '' then
  local others = {}
  for _, other in ipairs(handles_of(subject)) do
    local found = cell(other)
    if found[COUNTED] == '1' and tonumber(found[DEADLINE]) > tonumber(now) then
      local last = tonumber(redis.call('HGET', activity, other))
      others[#others + 1] = { last, tonumber(found[CREATED]), other, found }
    end
  end
  table.sort(others, function(a, b)
    if a[1] ~= b[1] then
      return a[1] < b[1]
    end
    if a[2] ~= b[2] then
      return a[2] < b[2]
    end
    return a[3] < b[3]
  end)
  for place = 1, #others - (tonumber(limit) - 1) do
    ending[place] = others[place]
  end
end

-- Each login clears away two that are long over, so that a store lives where nothing purges it, also one that is
-- full. Where there are none, the next line is the first write, which a full store refuses before anything changed.
forget(cutoff, 2)
redis.call('HSET', tokens, digest, handle)
save(handle, { version, digest, epoch, counted, created, deadline, subject, core, '', '', '' })
redis.call('HSET', activity, handle, last_active)
redis.call('ZADD', deadlines, deadline, handle)
if subject ~= '' then
  redis.call('ZADD', subjects, 0, subject .. handle)
end
local answer = { '' }
for place, other in ipairs(ending) do
  finish(other[3], other[4], taken_over, now)
  tell(nonce, other[3], subject, '', taken_over, now)
  answer[1 + place] = other[3]
end
return answer
