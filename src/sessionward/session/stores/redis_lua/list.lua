local subject, now = ARGV[1], tonumber(ARGV[2])
local answer = {}
for _, handle in ipairs(handles_of(subject)) do
  local found = cell(handle)
  if tonumber(found[DEADLINE]) > now then
    local last_active = redis.call('HGET', activity, handle)
    answer[#answer + 1] = { found[CORE], last_active, found[VERSION], found[EPOCH] }
  end
end
return answer
