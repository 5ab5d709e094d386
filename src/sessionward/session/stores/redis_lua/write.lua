-- Values are kept as a count of the writes, and of each value its key, version and content.
-- A change is its key, the version it expects, whether there is a content, and that.
local nonce, handle = ARGV[1], ARGV[2]
local found = living(handle)
if not found then
  return 'gone'
end
local packed = redis.call('HGET', data, handle)
local kept = packed and cmsgpack.unpack(packed) or { '0' }
local versions = {}
for place = 2, #kept, 3 do
  versions[kept[place]] = kept[place + 1]
end
local changed = {}
for place = 3, #ARGV, 4 do
  if (versions[ARGV[place]] or '0') ~= ARGV[place + 1] then
    return 'conflict'
  end
  changed[ARGV[place]] = true
end
local version = counted_up(kept[1])
local values = { version }
local function add(key, number, content)
  local last = #values
  values[last + 1], values[last + 2], values[last + 3] = key, number, content
end
for place = 2, #kept, 3 do
  if not changed[kept[place]] then
    add(kept[place], kept[place + 1], kept[place + 2])
  end
end
for place = 3, #ARGV, 4 do
  if ARGV[place + 2] == '1' then
    add(ARGV[place], version, ARGV[place + 3])
  end
end
redis.call('HSET', data, handle, cmsgpack.pack(values))
tell(nonce, handle, found[SUBJECT], '', '', '')
return 'stored'
