-- From a resource to the orders that refund it.
ALTER TABLE order_line ADD KEY resource (resource_id);
