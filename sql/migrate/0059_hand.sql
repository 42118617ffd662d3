-- What a provider's people deliver (DEL-1).
ALTER TABLE resource ADD KEY hand (provider_id, delivery, id);
