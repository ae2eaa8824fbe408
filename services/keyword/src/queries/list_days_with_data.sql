-- Days from $1 to $2 on which any keyword was used.
SELECT n.day::date AS day
FROM generate_series($1::timestamp, $2::timestamp, interval '1 day') n (day),
    LATERAL (SELECT FROM keyword_day d WHERE d.day = n.day::date LIMIT 1) d
