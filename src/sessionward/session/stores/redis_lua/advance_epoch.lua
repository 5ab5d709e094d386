-- The sessions themselves are ended, not only outnumbered: if the epochs were ever lost, none would come back.
local nonce, subject, reason, at, keep = unpack(ARGV)
local before = epoch_of(subject)
local number = counted_up(before)
local handles = handles_of(subject)
also_when_full()
for _, handle in ipairs(handles) do
  local found = cell(handle)
  if handle == keep and tonumber(found[EPOCH]) >= tonumber(before) then
    found[EPOCH], found[VERSION] = number, counted_up(found[VERSION])
    save(handle, found)
  else
    finish(handle, found, reason, at)
  end
end
redis.call('HINCRBY', epochs, subject, 1)
tell(nonce, '', subject, number, reason, at)
return number
