-- Which open orders want a server for an image is asked of each server (CAT-6).
ALTER TABLE order_line ADD KEY host (host_id);
-- An image that comes with a server is paid as the server is.
UPDATE category_policy SET channels = 'balance,wechat,b2b' WHERE category_code IN ('image-free', 'image-paid');
