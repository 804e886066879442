-- PostgreSQL lets everybody execute a new function. V4 took that back for the functions there were; this does for those
-- that later migrations create. It holds for what this role creates in this database, in any schema: PostgreSQL lets a
-- default be narrowed for all schemas only, never for one.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
