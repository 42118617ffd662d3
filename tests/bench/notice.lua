-- For wrk: each request is the next notification of the file named by NOTICES, from line FROM on.
local lines, at = {}, 0
local n = 0
for line in io.lines(os.getenv("NOTICES")) do
	n = n + 1
	if n > tonumber(os.getenv("FROM")) then lines[#lines + 1] = line:match("(<xml>.*)") end
end
local headers = { ["Content-Type"] = "text/xml" }
function request()
	at = at + 1
	return wrk.format("POST", "/callback/wechat", headers, lines[at] or "")
end
