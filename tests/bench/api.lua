-- For wrk: each request is the next signed call of the file named by CALLS, "x-date<tab>x-nonce<tab>Authorization" a line.
local lines, at = {}, 0
for line in io.lines(os.getenv("CALLS")) do lines[#lines + 1] = line end
function request()
	at = at + 1
	local date, nonce, authorization = (lines[at] or "\t\t"):match("(.*)\t(.*)\t(.*)")
	return wrk.format("GET", nil, { ["x-date"] = date, ["x-nonce"] = nonce, ["Authorization"] = authorization, ["X-Yunshi-Product"] = "lingxi-ocr" })
end
local refused = 0
function response(status) if status ~= 200 then refused = refused + 1; wrk.thread:set("refused", refused) end end
