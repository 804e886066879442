-- Who may read what. A role sees the rows of the tenants it was granted, whatever it asks; a role that was granted
-- none sees nothing. The owner of the tables sees all.

CREATE TABLE foreshock.tenant_access (
    role_name name NOT NULL,
    tenant    text NOT NULL,
    PRIMARY KEY (role_name, tenant)
);
COMMENT ON TABLE foreshock.tenant_access IS 'Written by grant_tenant and revoke_tenant.';

-- Tenants of the role that asks.
CREATE FUNCTION foreshock.my_tenants() RETURNS text[]
LANGUAGE sql STABLE
AS $$ SELECT coalesce(array_agg(tenant), '{}') FROM foreshock.tenant_access WHERE role_name = current_user $$;

DO $$
DECLARE
    target text;
BEGIN
    FOREACH target IN ARRAY
        ARRAY ['readings', 'fault_codes', 'maintenance', 'operating_states', 'positions', 'detections']
    LOOP
        EXECUTE format('ALTER TABLE foreshock.%I ENABLE ROW LEVEL SECURITY', target);
        -- The inner SELECT makes it one call for each query instead of one for each row.
        EXECUTE format(
            'CREATE POLICY reads_own_tenants ON foreshock.%I FOR SELECT'
            ' USING (tenant = ANY ((SELECT foreshock.my_tenants())::text[]))', target);
    END LOOP;
END
$$;

ALTER TABLE foreshock.tenant_access ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads_own_grants ON foreshock.tenant_access FOR SELECT USING (role_name = current_user);

-- Lets a role read the rows of a tenant.
CREATE FUNCTION foreshock.grant_tenant(reader name, tenant_name text) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA foreshock TO %I', reader);
    EXECUTE format(
        'GRANT SELECT ON foreshock.readings, foreshock.fault_codes, foreshock.maintenance, foreshock.operating_states,'
        ' foreshock.positions, foreshock.detections, foreshock.tenant_access TO %I', reader);
    EXECUTE format('GRANT EXECUTE ON FUNCTION foreshock.my_tenants() TO %I', reader);
    INSERT INTO foreshock.tenant_access (role_name, tenant) VALUES (reader, tenant_name) ON CONFLICT DO NOTHING;
END
$$;

-- Takes it back.
CREATE FUNCTION foreshock.revoke_tenant(reader name, tenant_name text) RETURNS void
LANGUAGE sql
AS $$ DELETE FROM foreshock.tenant_access WHERE role_name = reader AND tenant = tenant_name $$;

-- Lets a role store what a job stores, and nothing else: it cannot read, change or delete.
CREATE FUNCTION foreshock.grant_writer(writer name) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA foreshock TO %I', writer);
    EXECUTE format('GRANT SELECT ON foreshock.schema_history TO %I', writer);
    EXECUTE format(
        'GRANT EXECUTE ON FUNCTION foreshock.store_telemetry_v1, foreshock.store_detection_v1 TO %I', writer);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA foreshock FROM PUBLIC;
