-- One page of the sessions from `cursor` on: ends those that their epoch has left behind, and where `visitors` is a time
-- also visitors' that are no younger. Answers where to go on, '0' at the end, and whose sessions were ended.
local nonce, cursor, reason, at, visitors, batch = unpack(ARGV)
local page = redis.call('HSCAN', sessions, cursor, 'COUNT', batch)
local answer = { page[1] }
also_when_full()
for place = 1, #page[2], 2 do
  local handle = page[2][place]
  local found = living(handle)
  local ends = false
  if found and found[SUBJECT] ~= '' then
    ends = tonumber(found[EPOCH]) < tonumber(epoch_of(found[SUBJECT]))
  elseif found then
    ends = visitors ~= '' and tonumber(found[CREATED]) <= tonumber(visitors)
  end
  if ends then
    finish(handle, found, reason, at)
    tell(nonce, handle, found[SUBJECT], '', reason, at)
    answer[#answer + 1] = found[SUBJECT]
  end
end
return answer
