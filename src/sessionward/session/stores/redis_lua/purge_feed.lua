-- One batch of the feed from `start` on. It is forgotten up to the last end that is older than `cutoff` and follows no
-- younger one. Answers where to go on, '' at the end.
local start, cutoff, batch = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local entries = redis.call('XRANGE', feed, start, '+', 'COUNT', batch)
local last, is_over = nil, #entries < batch
for _, entry in ipairs(entries) do
  local at = entry[2][10]
  if at ~= '' and tonumber(at) > cutoff then
    is_over = true
    break
  end
  if at ~= '' then
    last = entry[1]
  end
end
if last then
  also_when_full()
  cut(last)
end
return is_over and '' or '(' .. entries[#entries][1]
