-- The numbers of days by which `createtrend import --shift-to-now` has moved times. With them, the
-- shift of a stored video is found again.
CREATE TABLE import_shift (
    days integer PRIMARY KEY CHECK (days > 0)
);
