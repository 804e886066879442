-- Operation of machines and trips of vehicles. A row is the newest revision of its key; a session that was merged into
-- another one is deleted.
CREATE TABLE foreshock.sessions (
    tenant             text             NOT NULL,
    asset_id           text             NOT NULL,
    kind               text             NOT NULL,
    start_time         timestamptz      NOT NULL,
    end_time           timestamptz      NOT NULL,
    revision           integer          NOT NULL,
    asset_class        text,
    session_start_time timestamptz      NOT NULL,
    closed_by          text             NOT NULL,
    computed_at        timestamptz      NOT NULL,
    backlog            boolean          NOT NULL,
    approximate        boolean          NOT NULL,
    readings           bigint,
    load_mean          double precision,
    load_max           double precision,
    energy_kwh         double precision,
    fuel_l             double precision,
    distance_m         double precision,
    distance_source    text,
    average_speed_km_h double precision,
    max_speed_km_h     double precision,
    idling_count       integer,
    idling_s           double precision,
    harsh_brakings     integer,
    rejected_positions integer,
    starts             integer,
    operating_s        double precision,
    PRIMARY KEY (tenant, asset_id, kind, start_time)
);
COMMENT ON TABLE foreshock.sessions IS 'A stretch of operation of one asset.';
COMMENT ON COLUMN foreshock.sessions.kind IS 'operation, trip, idling (a part of a trip), day (all sessions that began on it).';
COMMENT ON COLUMN foreshock.sessions.start_time IS 'First reading that shows the asset running; of a day its midnight.';
COMMENT ON COLUMN foreshock.sessions.end_time IS 'Last such reading; of a day the next midnight.';
COMMENT ON COLUMN foreshock.sessions.session_start_time IS 'Start of the session that an idling is part of; its own start otherwise.';
COMMENT ON COLUMN foreshock.sessions.closed_by IS 'asset_clock, silence, correction.';
COMMENT ON COLUMN foreshock.sessions.computed_at IS 'Ingest clock when this revision was computed.';
COMMENT ON COLUMN foreshock.sessions.approximate IS 'Readings came between others that had been summed up before: energy, fuel and distance may be off.';
COMMENT ON COLUMN foreshock.sessions.load_mean IS 'In the unit of the load channel.';
COMMENT ON COLUMN foreshock.sessions.distance_source IS 'odometer, positions, speed.';
COMMENT ON COLUMN foreshock.sessions.average_speed_km_h IS 'Distance over duration, standstill included.';
COMMENT ON COLUMN foreshock.sessions.starts IS 'Sessions that began on the day.';

CREATE INDEX sessions_by_time ON foreshock.sessions (tenant, kind, start_time);

-- A repeat changes nothing and an older revision never replaces a newer one, so a replay ends where the first run did.
CREATE FUNCTION foreshock.store_session_v1(
    p_tenant text, p_asset_id text, p_kind text, p_start_ms bigint, p_end_ms bigint, p_revision integer,
    p_deleted boolean, p_asset_class text, p_session_start_ms bigint, p_closed_by text, p_computed_ms bigint,
    p_backlog boolean, p_approximate boolean, p_readings bigint, p_load_mean double precision,
    p_load_max double precision, p_energy_kwh double precision, p_fuel_l double precision,
    p_distance_m double precision, p_distance_source text, p_average_speed double precision,
    p_max_speed double precision, p_idling_count integer, p_idling_s double precision, p_harsh_brakings integer,
    p_rejected_positions integer, p_starts integer, p_operating_s double precision)
RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path = pg_catalog, foreshock, pg_temp
AS $$
    DELETE FROM sessions
    WHERE p_deleted AND tenant = p_tenant AND asset_id = p_asset_id AND kind = p_kind
        AND start_time = to_timestamp(p_start_ms / 1000::double precision) AND revision <= p_revision;
    INSERT INTO sessions AS old (tenant, asset_id, kind, start_time, end_time, revision, asset_class, session_start_time,
                          closed_by, computed_at, backlog, approximate, readings, load_mean, load_max, energy_kwh,
                          fuel_l, distance_m, distance_source, average_speed_km_h, max_speed_km_h, idling_count,
                          idling_s, harsh_brakings, rejected_positions, starts, operating_s)
    SELECT p_tenant, p_asset_id, p_kind, to_timestamp(p_start_ms / 1000::double precision),
           to_timestamp(p_end_ms / 1000::double precision), p_revision, nullif(p_asset_class, ''),
           to_timestamp(p_session_start_ms / 1000::double precision), p_closed_by,
           to_timestamp(p_computed_ms / 1000::double precision), p_backlog, p_approximate, p_readings, p_load_mean,
           p_load_max, p_energy_kwh, p_fuel_l, p_distance_m, p_distance_source, p_average_speed, p_max_speed,
           p_idling_count, p_idling_s, p_harsh_brakings, p_rejected_positions, p_starts, p_operating_s
    WHERE NOT p_deleted
    ON CONFLICT (tenant, asset_id, kind, start_time) DO UPDATE
    SET end_time = excluded.end_time, revision = excluded.revision, asset_class = excluded.asset_class,
        session_start_time = excluded.session_start_time, closed_by = excluded.closed_by,
        computed_at = excluded.computed_at, backlog = excluded.backlog, approximate = excluded.approximate,
        readings = excluded.readings, load_mean = excluded.load_mean, load_max = excluded.load_max,
        energy_kwh = excluded.energy_kwh, fuel_l = excluded.fuel_l, distance_m = excluded.distance_m,
        distance_source = excluded.distance_source, average_speed_km_h = excluded.average_speed_km_h,
        max_speed_km_h = excluded.max_speed_km_h, idling_count = excluded.idling_count, idling_s = excluded.idling_s,
        harsh_brakings = excluded.harsh_brakings, rejected_positions = excluded.rejected_positions,
        starts = excluded.starts, operating_s = excluded.operating_s
    WHERE old.revision < excluded.revision
$$;

ALTER TABLE foreshock.sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads_own_tenants ON foreshock.sessions FOR SELECT
    USING (tenant = ANY ((SELECT foreshock.my_tenants())::text[]));

-- Both grants name nothing from here on: what later migrations add is included. Tables with row security are those
-- that readers may see; functions store_… are what a job calls.
CREATE OR REPLACE FUNCTION foreshock.grant_tenant(reader name, tenant_name text) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    target regclass;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA foreshock TO %I', reader);
    FOR target IN
        SELECT oid FROM pg_class WHERE relnamespace = 'foreshock'::regnamespace AND relrowsecurity
    LOOP
        EXECUTE format('GRANT SELECT ON %s TO %I', target, reader);
    END LOOP;
    EXECUTE format('GRANT EXECUTE ON FUNCTION foreshock.my_tenants() TO %I', reader);
    INSERT INTO foreshock.tenant_access (role_name, tenant) VALUES (reader, tenant_name) ON CONFLICT DO NOTHING;
END
$$;

CREATE OR REPLACE FUNCTION foreshock.grant_writer(writer name) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    target regprocedure;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA foreshock TO %I', writer);
    EXECUTE format('GRANT SELECT ON foreshock.schema_history TO %I', writer);
    FOR target IN
        SELECT oid FROM pg_proc WHERE pronamespace = 'foreshock'::regnamespace AND proname LIKE 'store\_%'
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', target, writer);
    END LOOP;
END
$$;

-- Roles that read or store already may do so here, too.
DO $$
DECLARE
    known name;
BEGIN
    FOR known IN SELECT DISTINCT role_name FROM foreshock.tenant_access JOIN pg_roles ON rolname = role_name LOOP
        EXECUTE format('GRANT SELECT ON foreshock.sessions TO %I', known);
    END LOOP;
    FOR known IN
        SELECT DISTINCT r.rolname
        FROM pg_proc p, aclexplode(p.proacl) a JOIN pg_roles r ON r.oid = a.grantee
        WHERE p.pronamespace = 'foreshock'::regnamespace AND p.proname = 'store_telemetry_v1'
            AND a.privilege_type = 'EXECUTE' AND r.oid <> p.proowner
    LOOP
        PERFORM foreshock.grant_writer(known);
    END LOOP;
END
$$;
