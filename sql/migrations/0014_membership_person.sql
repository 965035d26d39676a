-- Whose team is it? A phone asks with each page.
-- @both
CREATE INDEX membership_person ON membership (person_id) WHERE state = 'active';
