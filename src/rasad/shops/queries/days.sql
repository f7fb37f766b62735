-- Days of shops: when each was to open, when it did, and how long nothing was heard of any of its devices.
-- reads:  shops_shop, shops_openinghours, shops_closedday, shops_onlinespan
-- grain:  one row a (shop, day) of the licence; hours that begin after `at` are listed and not yet counted
-- The spans of each day are looked up one by one: of a join the planner guesses the size of ranges, and takes minutes.
-- A span lies within one day at most (the table's own constraint), so one day back finds all that reach into a day.
WITH hours AS MATERIALIZED (
    SELECT s.id AS shop_id, s.number, d.day::date AS day, c.reason AS closed_reason, h.opens, h.closes,
           (d.day::date + h.opens) AT TIME ZONE %(zone)s AS opens_at,
           (d.day::date + h.opens) AT TIME ZONE %(zone)s < %(at)s AS begun,
           least((d.day::date + h.closes) AT TIME ZONE %(zone)s, %(at)s) AS closes_at
    FROM shops_shop s
    CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS d(day)
    LEFT JOIN shops_closedday c ON c.shop_id = s.id AND c."on" = d.day::date
    LEFT JOIN shops_openinghours h ON h.shop_id = s.id AND h.weekday = extract(isodow FROM d.day) - 1
        AND h.during @> d.day::date AND c.id IS NULL
    WHERE s.id = ANY(%(shops)s) AND s.open_during @> d.day::date
)
SELECT o.number, o.day,
       array_agg(o.opens ORDER BY o.opens) FILTER (WHERE o.opens IS NOT NULL) AS opens,
       array_agg(o.closes ORDER BY o.opens) FILTER (WHERE o.opens IS NOT NULL) AS closes,
       coalesce(bool_or(o.begun), false) AS begun,
       min(heard.started_at) AS started_at,
       CASE WHEN min(heard.started_at) - min(o.opens_at) > make_interval(secs => %(tolerance)s)
            THEN extract(epoch FROM min(heard.started_at) - min(o.opens_at))::int / 60
            WHEN min(heard.started_at) IS NOT NULL THEN 0 END AS late_minutes,
       coalesce(extract(epoch FROM sum(silent.silence))::int / 60, 0) AS offline_minutes,
       min(o.closed_reason) AS closed_reason
FROM hours o
LEFT JOIN LATERAL (
    SELECT min(greatest(n.since, o.day::timestamp AT TIME ZONE %(zone)s)) AS started_at,
           range_agg(tstzrange(n.since, n.until, '[]')) AS spans
    FROM shops_onlinespan n
    WHERE n.shop_id = o.shop_id AND n.since BETWEEN o.opens_at - interval '1 day' AND o.closes_at
        AND n.until >= o.opens_at
) heard ON o.begun
LEFT JOIN LATERAL (
    SELECT sum(upper(gap) - lower(gap)) AS silence
    FROM unnest(
        tstzmultirange(tstzrange(least(o.opens_at, o.closes_at), o.closes_at)) - coalesce(heard.spans, '{}'::tstzmultirange)
    ) AS gap
    WHERE upper(gap) - lower(gap) > make_interval(secs => %(tolerance)s)
) silent ON o.begun
GROUP BY o.number, o.day
