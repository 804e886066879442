-- What machines reported. Times are timestamptz; event_time is the device's clock, append_time the broker's.
-- item_id tells apart what one asset reported at one time: a function of the message (device, boot, sequence or
-- message id) and of the item's place in it. A message that comes again has the same ids, so nothing is stored twice.

CREATE TABLE foreshock.readings (
    tenant      text             NOT NULL,
    asset_id    text             NOT NULL,
    channel     text             NOT NULL,
    event_time  timestamptz      NOT NULL,
    item_id     bigint           NOT NULL,
    value       double precision NOT NULL,
    device_id   text             NOT NULL,
    asset_class text,
    append_time timestamptz      NOT NULL,
    backlog     boolean          NOT NULL,
    PRIMARY KEY (tenant, asset_id, channel, event_time, item_id)
);
COMMENT ON TABLE foreshock.readings IS 'One value of one channel of one machine.';
COMMENT ON COLUMN foreshock.readings.value IS 'In the unit that the name of the channel ends with.';
COMMENT ON COLUMN foreshock.readings.asset_class IS 'Kind of machine; null when unknown.';
COMMENT ON COLUMN foreshock.readings.backlog IS 'Older than live.max-age on arrival: never paged anybody.';

CREATE TABLE foreshock.fault_codes (
    tenant      text        NOT NULL,
    asset_id    text        NOT NULL,
    event_time  timestamptz NOT NULL,
    code        text        NOT NULL,
    item_id     bigint      NOT NULL,
    component   text,
    severity    text,
    device_id   text        NOT NULL,
    asset_class text,
    append_time timestamptz NOT NULL,
    backlog     boolean     NOT NULL,
    PRIMARY KEY (tenant, asset_id, event_time, code, item_id)
);
COMMENT ON TABLE foreshock.fault_codes IS 'Codes that a machine''s own controller raised.';
COMMENT ON COLUMN foreshock.fault_codes.component IS 'Part that the controller blames; null when not stated.';
COMMENT ON COLUMN foreshock.fault_codes.severity IS 'info, warning, error; null when not stated.';

CREATE TABLE foreshock.maintenance (
    tenant      text        NOT NULL,
    asset_id    text        NOT NULL,
    event_time  timestamptz NOT NULL,
    component   text        NOT NULL,
    item_id     bigint      NOT NULL,
    kind        text,
    device_id   text        NOT NULL,
    asset_class text,
    append_time timestamptz NOT NULL,
    backlog     boolean     NOT NULL,
    PRIMARY KEY (tenant, asset_id, event_time, component, item_id)
);
COMMENT ON TABLE foreshock.maintenance IS 'Work done on a component; event_time is when it was finished.';
COMMENT ON COLUMN foreshock.maintenance.kind IS 'inspected, repaired, replaced; null when not stated.';

CREATE TABLE foreshock.operating_states (
    tenant      text        NOT NULL,
    asset_id    text        NOT NULL,
    event_time  timestamptz NOT NULL,
    item_id     bigint      NOT NULL,
    state       text        NOT NULL,
    device_id   text        NOT NULL,
    asset_class text,
    append_time timestamptz NOT NULL,
    backlog     boolean     NOT NULL,
    PRIMARY KEY (tenant, asset_id, event_time, item_id)
);
COMMENT ON TABLE foreshock.operating_states IS 'The machine entered a state: stopped, idle, running, fault, maintenance.';

CREATE TABLE foreshock.positions (
    tenant            text             NOT NULL,
    asset_id          text             NOT NULL,
    event_time        timestamptz      NOT NULL,
    item_id           bigint           NOT NULL,
    latitude_degrees  double precision NOT NULL,
    longitude_degrees double precision NOT NULL,
    speed_m_s         double precision,
    heading_degrees   double precision,
    accuracy_m        double precision,
    device_id         text             NOT NULL,
    asset_class       text,
    append_time       timestamptz      NOT NULL,
    backlog           boolean          NOT NULL,
    PRIMARY KEY (tenant, asset_id, event_time, item_id)
);
COMMENT ON TABLE foreshock.positions IS 'Positions of mobile machines, WGS 84.';
COMMENT ON COLUMN foreshock.positions.accuracy_m IS 'Radius of the 68 % circle in metres; null when not stated.';

-- Small, and enough to delete or read by time alone: rows come nearly in order of time.
CREATE INDEX readings_event_time ON foreshock.readings USING brin (event_time);
CREATE INDEX positions_event_time ON foreshock.positions USING brin (event_time);

-- TimescaleDB cuts the large tables into chunks of a day, where the server has it loaded and this role may use it.
-- Without it they are plain tables with the same keys.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb')
       AND current_setting('shared_preload_libraries') LIKE '%timescaledb%' THEN
        CREATE EXTENSION IF NOT EXISTS timescaledb;
        PERFORM create_hypertable('foreshock.readings', 'event_time', chunk_time_interval => INTERVAL '1 day');
        PERFORM create_hypertable('foreshock.positions', 'event_time', chunk_time_interval => INTERVAL '7 days');
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'TimescaleDB is there, but % may not create the extension: plain tables.', current_user;
END
$$;
