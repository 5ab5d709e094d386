local nonce, handle, owner, reason, at = unpack(ARGV)
local found = living(handle)
if not found or found[SUBJECT] ~= owner then
  return 0
end
also_when_full()
finish(handle, found, reason, at)
tell(nonce, handle, owner, '', reason, at)
return 1
