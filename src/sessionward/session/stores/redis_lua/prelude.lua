-- What the scripts share: each has the functions that it calls. Before them stand the names of the keys it was handed.
-- Times and versions are text, as they were handed in: Lua would print a number with fourteen digits.

-- The parts of a session's cell. BEFORE is the digest that was renewed last, REASON and AT are '' while it lives.
local VERSION, DIGEST, EPOCH, COUNTED, CREATED, DEADLINE, SUBJECT, CORE, BEFORE, REASON, AT = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11

local function counted_up(number)
  return string.format('%.0f', tonumber(number) + 1)
end

local function cell(handle)
  local packed = redis.call('HGET', sessions, handle)
  if packed then
    local found = cmsgpack.unpack(packed)
    assert(type(found) == 'table' and #found == AT, 'a session cannot be read')
    return found
  end
end

local function living(handle)
  local found = cell(handle)
  return found and found[REASON] == '' and found
end

-- The epoch of a subject is the sum of its own, its tenant's and everybody's. A subject begins with the lengths of the
-- tenant's name and of its own, and with those names, so that neither 'tenant:' nor 'everybody' is one.
local function epoch_of(subject)
  local length, start = string.match(subject, '^(%d+):%d+:()')
  local tenant = string.sub(subject, start, start + tonumber(length) - 1)
  local found = redis.call('HMGET', epochs, subject, 'tenant:' .. tenant, 'everybody')
  return string.format('%.0f', tonumber(found[1] or 0) + tonumber(found[2] or 0) + tonumber(found[3] or 0))
end

local function save(handle, found)
  redis.call('HSET', sessions, handle, cmsgpack.pack(found))
end

local function is_known(digest)
  return redis.call('HEXISTS', tokens, digest) == 1 or redis.call('HEXISTS', retired, digest) == 1
end

-- The handles of the subject's living sessions: in an ordered set of subject and handle, those that begin with the
-- subject. No text in UTF-8 holds the byte 255.
local function handles_of(subject)
  local found = redis.call('ZRANGEBYLEX', subjects, '[' .. subject, '(' .. subject .. '\255')
  for place, member in ipairs(found) do
    found[place] = string.sub(member, #subject + 1)
  end
  return found
end

-- A server whose memory is full refuses the first write of a script that may take up memory, and none after one
-- that it let through. Whatever ends something begins with this one, so that a full store still ends sessions.
local function also_when_full()
  redis.call('HDEL', data, '')
end

local function cut(last)
  redis.call('HSET', meta, 'purged', last)
  redis.call('XTRIM', feed, 'MINID', last)
  redis.call('XDEL', feed, last)
end

-- A position in the feed is a number and the nonce of the call that told it, so that a reader who comes from a
-- history that the store lost (a restored copy, a replica that was behind) is seen not to have been here.
local function tell(nonce, handle, subject, epoch, reason, at)
  local told = redis.call('HGET', meta, 'told') or '0-0'
  local id = counted_up(string.match(told, '^%d+')) .. '-' .. nonce
  redis.call('XADD', feed, id, 'handle', handle, 'subject', subject, 'epoch', epoch, 'reason', reason, 'at', at)
  redis.call('HSET', meta, 'told', id)
  if redis.call('XLEN', feed) > FEED_BOUND then
    local old = redis.call('XRANGE', feed, '-', '+', 'COUNT', FEED_BATCH)
    cut(old[#old][1])
  end
end

local function finish(handle, found, reason, at)
  redis.call('HDEL', data, handle)
  redis.call('HDEL', activity, handle)
  redis.call('ZREM', subjects, found[SUBJECT] .. handle)
  found[CORE], found[REASON], found[AT] = '', reason, at
  save(handle, found)
end

-- Forget at most `most` sessions whose deadline is not after `cutoff`; how many there were.
local function forget(cutoff, most)
  local old = redis.call('ZRANGEBYSCORE', deadlines, '-inf', cutoff, 'LIMIT', 0, most)
  for _, handle in ipairs(old) do
    local found = cell(handle)
    if found then
      redis.call('HDEL', tokens, found[DIGEST])
      redis.call('ZREM', subjects, found[SUBJECT] .. handle)
      local digest = found[BEFORE]
      while digest ~= '' do
        local packed = redis.call('HGET', retired, digest)
        redis.call('HDEL', retired, digest)
        digest = packed and cmsgpack.unpack(packed)[4] or ''
      end
    end
    redis.call('HDEL', data, handle)
    redis.call('HDEL', activity, handle)
    redis.call('HDEL', sessions, handle)
    redis.call('ZREM', deadlines, handle)
  end
  return #old
end
