-- wrk's side: the dashboard of random people out of the file TOKENS, asked for as a browser does.
local tokens = {}
if os.getenv("TOKENS") then
  for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = line end
end
math.randomseed(os.time())

wrk.headers["Host"] = os.getenv("BENCH_HOST")
wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
wrk.headers["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
wrk.headers["Accept-Language"] = "en-US,en;q=0.5"
if os.getenv("ENCODING") then wrk.headers["Accept-Encoding"] = os.getenv("ENCODING") end
wrk.headers["Sec-Fetch-Dest"] = "document"
wrk.headers["Sec-Fetch-Mode"] = "navigate"
wrk.headers["Sec-Fetch-Site"] = "same-origin"

request = function()
  if #tokens > 0 then wrk.headers["Cookie"] = "__Host-session=" .. tokens[math.random(#tokens)] end
  return wrk.format("GET", "/cases")
end

done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nFIGURES {"requests": %d, "seconds": %.3f, "p50_us": %d, "p99_us": %d, "max_us": %d, "bytes": %d, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99), latency.max, summary.bytes,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
