-- Stores one message; stores nothing when it was stored before. Runs with the rights of the owner, so that the role of
-- the job needs none on the tables. A later form gets a name of its own: a running job of the release before calls
-- this one.
CREATE FUNCTION foreshock.store_telemetry_v1(
    p_tenant text, p_asset_id text, p_asset_class text, p_device_id text, p_append_ms bigint, p_backlog boolean,
    r_channel text[], r_ms bigint[], r_item_id bigint[], r_value double precision[],
    f_code text[], f_ms bigint[], f_item_id bigint[], f_component text[], f_severity text[],
    m_component text[], m_ms bigint[], m_item_id bigint[], m_kind text[],
    s_state text[], s_ms bigint[], s_item_id bigint[],
    p_ms bigint[], p_item_id bigint[], p_latitude double precision[], p_longitude double precision[],
    p_speed double precision[], p_heading double precision[], p_accuracy double precision[])
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, foreshock, pg_temp
AS $$
DECLARE
    appended constant timestamptz := to_timestamp(p_append_ms / 1000::double precision);
    class constant text := nullif(p_asset_class, '');
BEGIN
    IF r_ms IS NOT NULL THEN
        INSERT INTO readings (tenant, asset_id, channel, event_time, item_id, value, device_id, asset_class,
                              append_time, backlog)
        SELECT p_tenant, p_asset_id, i.channel, to_timestamp(i.ms / 1000::double precision), i.item_id, i.value,
               p_device_id, class, appended, p_backlog
        FROM unnest(r_channel, r_ms, r_item_id, r_value) AS i (channel, ms, item_id, value)
        ON CONFLICT DO NOTHING;
    END IF;
    IF f_ms IS NOT NULL THEN
        INSERT INTO fault_codes (tenant, asset_id, event_time, code, item_id, component, severity, device_id,
                                 asset_class, append_time, backlog)
        SELECT p_tenant, p_asset_id, to_timestamp(i.ms / 1000::double precision), i.code, i.item_id,
               nullif(i.component, ''), nullif(i.severity, ''), p_device_id, class, appended, p_backlog
        FROM unnest(f_code, f_ms, f_item_id, f_component, f_severity) AS i (code, ms, item_id, component, severity)
        ON CONFLICT DO NOTHING;
    END IF;
    IF m_ms IS NOT NULL THEN
        INSERT INTO maintenance (tenant, asset_id, event_time, component, item_id, kind, device_id, asset_class,
                                 append_time, backlog)
        SELECT p_tenant, p_asset_id, to_timestamp(i.ms / 1000::double precision), i.component, i.item_id,
               nullif(i.kind, ''), p_device_id, class, appended, p_backlog
        FROM unnest(m_component, m_ms, m_item_id, m_kind) AS i (component, ms, item_id, kind)
        ON CONFLICT DO NOTHING;
    END IF;
    IF s_ms IS NOT NULL THEN
        INSERT INTO operating_states (tenant, asset_id, event_time, item_id, state, device_id, asset_class,
                                      append_time, backlog)
        SELECT p_tenant, p_asset_id, to_timestamp(i.ms / 1000::double precision), i.item_id, i.state, p_device_id,
               class, appended, p_backlog
        FROM unnest(s_state, s_ms, s_item_id) AS i (state, ms, item_id)
        ON CONFLICT DO NOTHING;
    END IF;
    IF p_ms IS NOT NULL THEN
        INSERT INTO positions (tenant, asset_id, event_time, item_id, latitude_degrees, longitude_degrees, speed_m_s,
                               heading_degrees, accuracy_m, device_id, asset_class, append_time, backlog)
        SELECT p_tenant, p_asset_id, to_timestamp(i.ms / 1000::double precision), i.item_id, i.latitude, i.longitude,
               nullif(i.speed, 'NaN'), nullif(i.heading, 'NaN'), nullif(i.accuracy, 'NaN'),
               p_device_id, class, appended, p_backlog
        FROM unnest(p_ms, p_item_id, p_latitude, p_longitude, p_speed, p_heading, p_accuracy)
            AS i (ms, item_id, latitude, longitude, speed, heading, accuracy)
        ON CONFLICT DO NOTHING;
    END IF;
END
$$;
