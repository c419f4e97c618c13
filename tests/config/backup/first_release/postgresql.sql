SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.guard_approval_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'an approval cannot be deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$;
CREATE FUNCTION public.guard_approval_only_voided() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR OLD.version_id <> NEW.version_id OR OLD.approver_id <> NEW.approver_id OR OLD.at <> NEW.at OR OLD.comment <> NEW.comment THEN RAISE EXCEPTION 'an approval can only be voided' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_approver_is_another() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.version_id AND v.author_id = NEW.approver_id) OR EXISTS (SELECT 1 FROM claims_versionedit e WHERE e.version_id = NEW.version_id AND e.editor_id = NEW.approver_id) THEN RAISE EXCEPTION 'the author or an editor of a version cannot approve it' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_claims_approval_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'claims_approval cannot be truncated' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.guard_claims_checkrun_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'claims_checkrun is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$;
CREATE FUNCTION public.guard_claims_checkrun_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'claims_checkrun cannot be truncated' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.guard_claims_checkrun_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'claims_checkrun is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_claims_editoriallog_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'claims_editoriallog is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$;
CREATE FUNCTION public.guard_claims_editoriallog_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'claims_editoriallog cannot be truncated' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.guard_claims_editoriallog_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'claims_editoriallog is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_claims_evidence_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'claims_evidence cannot be truncated' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.guard_claims_verdictversion_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'claims_verdictversion cannot be truncated' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.guard_claims_versionedit_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'claims_versionedit is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$;
CREATE FUNCTION public.guard_claims_versionedit_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'claims_versionedit cannot be truncated' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.guard_claims_versionedit_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'claims_versionedit is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_edit_before_publication() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.version_id AND v.state = 'published') THEN RAISE EXCEPTION 'a published version cannot be edited' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_ephemeris_archivepoll_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'ephemeris_archivepoll is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$;
CREATE FUNCTION public.guard_ephemeris_archivepoll_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'ephemeris_archivepoll cannot be truncated' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.guard_ephemeris_archivepoll_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'ephemeris_archivepoll is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_ephemeris_archivestatuschange_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'ephemeris_archivestatuschange is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$;
CREATE FUNCTION public.guard_ephemeris_archivestatuschange_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'ephemeris_archivestatuschange cannot be truncated' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.guard_ephemeris_archivestatuschange_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'ephemeris_archivestatuschange is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_ephemeris_servicerefresh_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'ephemeris_servicerefresh is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$;
CREATE FUNCTION public.guard_ephemeris_servicerefresh_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'ephemeris_servicerefresh cannot be truncated' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.guard_ephemeris_servicerefresh_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'ephemeris_servicerefresh is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_evidence_frozen_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = OLD.version_id AND v.state = 'published') THEN RAISE EXCEPTION 'the evidence of a published version cannot be changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$;
CREATE FUNCTION public.guard_evidence_frozen_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.version_id AND v.state = 'published') THEN RAISE EXCEPTION 'the evidence of a published version cannot be changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_evidence_frozen_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = OLD.version_id AND v.state = 'published') OR EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.version_id AND v.state = 'published') THEN RAISE EXCEPTION 'the evidence of a published version cannot be changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_version_approved_by_another() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.state IN ('approved', 'published') AND NOT EXISTS (
    SELECT 1 FROM claims_approval a
    WHERE a.version_id = NEW.id AND a.voided_at IS NULL AND a.approver_id <> NEW.author_id
      AND NOT EXISTS (SELECT 1 FROM claims_versionedit e
                      WHERE e.version_id = NEW.id AND e.editor_id = a.approver_id)) THEN RAISE EXCEPTION 'approval by somebody who is neither author nor editor of the version is missing' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_version_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.state = 'published' THEN RAISE EXCEPTION 'a published version cannot be changed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_version_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF OLD.state = 'published' THEN RAISE EXCEPTION 'a published version cannot be deleted' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$;
CREATE FUNCTION public.guard_version_not_born_published() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.state IN ('published', 'approved') THEN RAISE EXCEPTION 'a version starts as a draft' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_version_published_from_approved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.state = 'published' AND OLD.state <> 'approved' THEN RAISE EXCEPTION 'only an approved version can be published' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.guard_void_after_edit_row() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN UPDATE claims_approval SET voided_at = clock_timestamp() WHERE version_id = NEW.version_id AND voided_at IS NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.guard_void_after_evidence_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN UPDATE claims_approval SET voided_at = clock_timestamp() WHERE version_id = OLD.version_id AND voided_at IS NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.guard_void_after_evidence_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN UPDATE claims_approval SET voided_at = clock_timestamp() WHERE version_id = NEW.version_id AND voided_at IS NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.guard_void_after_evidence_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF 1 = 1 THEN UPDATE claims_approval SET voided_at = clock_timestamp() WHERE version_id = NEW.version_id AND voided_at IS NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.guard_void_after_text_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.state <> 'published' AND (OLD.title IS DISTINCT FROM NEW.title OR OLD.statement IS DISTINCT FROM NEW.statement OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.topic IS DISTINCT FROM NEW.topic OR OLD.verdict IS DISTINCT FROM NEW.verdict OR OLD.confidence IS DISTINCT FROM NEW.confidence OR OLD.confidence_basis IS DISTINCT FROM NEW.confidence_basis OR OLD.one_line IS DISTINCT FROM NEW.one_line OR OLD.key_points IS DISTINCT FROM NEW.key_points OR OLD.rationale IS DISTINCT FROM NEW.rationale OR OLD.would_change IS DISTINCT FROM NEW.would_change OR OLD.evidence_cutoff IS DISTINCT FROM NEW.evidence_cutoff OR OLD.next_review IS DISTINCT FROM NEW.next_review OR OLD.reason_code IS DISTINCT FROM NEW.reason_code OR OLD.severity IS DISTINCT FROM NEW.severity OR OLD.change_note IS DISTINCT FROM NEW.change_note OR OLD.review_level IS DISTINCT FROM NEW.review_level OR OLD.author_id IS DISTINCT FROM NEW.author_id) THEN UPDATE claims_approval SET voided_at = clock_timestamp() WHERE version_id = NEW.id AND voided_at IS NULL; END IF; RETURN NULL; END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_user (
    id integer NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    first_name character varying(150) NOT NULL,
    last_name character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL
);
CREATE TABLE public.auth_user_groups (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.auth_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.auth_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_user_user_permissions (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_appearance (
    id bigint NOT NULL,
    locator character varying(255) NOT NULL,
    phrase character varying(160) NOT NULL,
    stance character varying(12) NOT NULL,
    first_seen date,
    state character varying(12) NOT NULL,
    "position" smallint NOT NULL,
    claim_id bigint NOT NULL,
    source_id bigint NOT NULL,
    CONSTRAINT claims_appearance_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.claims_appearance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_appearance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_approval (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    checklist jsonb NOT NULL,
    comment text NOT NULL,
    voided_at timestamp with time zone,
    approver_id integer NOT NULL,
    version_id bigint NOT NULL
);
ALTER TABLE public.claims_approval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_approval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_assertedquantity (
    id bigint NOT NULL,
    quantity character varying(64) NOT NULL,
    value double precision,
    unit character varying(24) NOT NULL,
    relation character varying(8) NOT NULL,
    note character varying(255) NOT NULL,
    "position" smallint NOT NULL,
    claim_id bigint NOT NULL,
    CONSTRAINT claims_assertedquantity_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.claims_assertedquantity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_assertedquantity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_checkrun (
    id bigint NOT NULL,
    name character varying(48) NOT NULL,
    params jsonb NOT NULL,
    inputs jsonb NOT NULL,
    input_digest character varying(64) NOT NULL,
    outcome character varying(16) NOT NULL,
    result jsonb NOT NULL,
    sentence text NOT NULL,
    as_of timestamp with time zone NOT NULL,
    ran_at timestamp with time zone NOT NULL,
    seed integer,
    claim_id bigint NOT NULL,
    CONSTRAINT claims_checkrun_seed_check CHECK ((seed >= 0))
);
ALTER TABLE public.claims_checkrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_checkrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_claim (
    id bigint NOT NULL,
    slug character varying(80) NOT NULL,
    title character varying(80) NOT NULL,
    statement text NOT NULL,
    truth_condition text NOT NULL,
    kind character varying(16) NOT NULL,
    topic character varying(16) NOT NULL,
    aliases jsonb NOT NULL,
    chart character varying(32) NOT NULL,
    first_published_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    withdrawal_note text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    assigned_to_id integer,
    body_id bigint NOT NULL,
    current_version_id bigint,
    CONSTRAINT claim_kind_known CHECK (((kind)::text = ANY ((ARRAY['measurement'::character varying, 'identification'::character varying, 'event'::character varying, 'attribution'::character varying, 'causal'::character varying, 'existence'::character varying, 'intent'::character varying, 'forecast'::character varying, 'classification'::character varying])::text[]))),
    CONSTRAINT claim_published_has_date CHECK (((current_version_id IS NULL) OR (first_published_at IS NOT NULL))),
    CONSTRAINT claim_topic_known CHECK (((topic)::text = ANY ((ARRAY['mars-flyby'::character varying, 'data-release'::character varying, 'composition'::character varying, 'dynamics'::character varying, 'size-mass'::character varying, 'jets-dust'::character varying, 'companions'::character varying, 'signals'::character varying, 'origin'::character varying, 'discovery'::character varying, 'encounters'::character varying])::text[])))
);
ALTER TABLE public.claims_claim ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_claim_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_claimcheck (
    id bigint NOT NULL,
    name character varying(48) NOT NULL,
    params jsonb NOT NULL,
    "position" smallint NOT NULL,
    claim_id bigint NOT NULL,
    CONSTRAINT claims_claimcheck_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.claims_claimcheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_claimcheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_claimrelation (
    id bigint NOT NULL,
    relation character varying(12) NOT NULL,
    claim_id bigint NOT NULL,
    other_id bigint NOT NULL,
    CONSTRAINT relation_to_another_claim CHECK ((NOT (claim_id = other_id)))
);
ALTER TABLE public.claims_claimrelation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_claimrelation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_editoriallog (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_name character varying(150) NOT NULL,
    action character varying(32) NOT NULL,
    before jsonb,
    after jsonb,
    reason text NOT NULL,
    previous_hash character varying(64) NOT NULL,
    row_hash character varying(64) NOT NULL,
    actor_id integer,
    claim_id bigint,
    version_id bigint
);
ALTER TABLE public.claims_editoriallog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_editoriallog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_evidence (
    id bigint NOT NULL,
    stance character varying(8) NOT NULL,
    note text NOT NULL,
    "position" smallint NOT NULL,
    campaign_id bigint,
    check_run_id bigint,
    measurement_id bigint,
    source_id bigint,
    version_id bigint NOT NULL,
    CONSTRAINT claims_evidence_position_check CHECK (("position" >= 0)),
    CONSTRAINT evidence_is_exactly_one_fact CHECK ((((campaign_id IS NULL) AND (check_run_id IS NULL) AND (measurement_id IS NOT NULL) AND (source_id IS NULL)) OR ((campaign_id IS NOT NULL) AND (check_run_id IS NULL) AND (measurement_id IS NULL) AND (source_id IS NULL)) OR ((campaign_id IS NULL) AND (check_run_id IS NULL) AND (measurement_id IS NULL) AND (source_id IS NOT NULL)) OR ((campaign_id IS NULL) AND (check_run_id IS NOT NULL) AND (measurement_id IS NULL) AND (source_id IS NULL)))),
    CONSTRAINT evidence_stance_known CHECK (((stance)::text = ANY ((ARRAY['refutes'::character varying, 'supports'::character varying, 'context'::character varying])::text[])))
);
ALTER TABLE public.claims_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_integrityrun (
    id bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone NOT NULL,
    sound boolean NOT NULL,
    findings jsonb NOT NULL,
    counts jsonb NOT NULL
);
ALTER TABLE public.claims_integrityrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_integrityrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_measurement (
    id bigint NOT NULL,
    key character varying(96) NOT NULL,
    body character varying(64) NOT NULL,
    quantity character varying(64) NOT NULL,
    unit character varying(24) NOT NULL,
    subject character varying(255) NOT NULL,
    value double precision,
    plus double precision,
    minus double precision,
    "limit" character varying(8) NOT NULL,
    error_kind character varying(8) NOT NULL,
    as_printed character varying(255) NOT NULL,
    value_time character varying(32) NOT NULL,
    time_scale character varying(4) NOT NULL,
    time_precision character varying(8) NOT NULL,
    presence character varying(12) NOT NULL,
    observed_from timestamp with time zone,
    observed_to timestamp with time zone,
    time_note text NOT NULL,
    r_h_au double precision,
    leg character varying(8) NOT NULL,
    instrument character varying(160) NOT NULL,
    observatory character varying(160) NOT NULL,
    locator character varying(255) NOT NULL,
    verification character varying(16) NOT NULL,
    disputed boolean NOT NULL,
    dispute_note text NOT NULL,
    series character varying(32) NOT NULL,
    statement text NOT NULL,
    note text NOT NULL,
    digest character varying(64) NOT NULL,
    small_body_id bigint,
    superseded_by_id bigint,
    source_id bigint NOT NULL,
    CONSTRAINT measurement_errors_both_or_none CHECK ((((minus IS NULL) AND (plus IS NULL)) OR ((minus >= (0.0)::double precision) AND (plus >= (0.0)::double precision)))),
    CONSTRAINT measurement_limit_known CHECK ((("limit")::text = ANY ((ARRAY['value'::character varying, 'upper'::character varying, 'lower'::character varying])::text[]))),
    CONSTRAINT measurement_not_superseded_by_itself CHECK (((NOT ((superseded_by_id = id) AND (superseded_by_id IS NOT NULL))) OR (superseded_by_id IS NULL)))
);
CREATE TABLE public.claims_measurement_also_in (
    id bigint NOT NULL,
    measurement_id bigint NOT NULL,
    source_id bigint NOT NULL
);
ALTER TABLE public.claims_measurement_also_in ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_measurement_also_in_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.claims_measurement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_measurement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_source (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    title text NOT NULL,
    authors_short character varying(255) NOT NULL,
    year smallint,
    journal character varying(255) NOT NULL,
    doi character varying(128) NOT NULL,
    arxiv character varying(24) NOT NULL,
    bibcode character varying(19) NOT NULL,
    url character varying(500) NOT NULL,
    kind character varying(16) NOT NULL,
    tier smallint NOT NULL,
    read_at character varying(500) NOT NULL,
    reading character varying(8) NOT NULL,
    verification text NOT NULL,
    licence character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    CONSTRAINT claims_source_tier_check CHECK ((tier >= 0)),
    CONSTRAINT claims_source_year_check CHECK ((year >= 0)),
    CONSTRAINT source_kind_known CHECK (((kind)::text = ANY ((ARRAY['peer_reviewed'::character varying, 'preprint'::character varying, 'agency'::character varying, 'catalogue'::character varying, 'data_service'::character varying, 'telegram'::character varying, 'press'::character varying, 'blog'::character varying, 'social'::character varying, 'seed_article'::character varying, 'own_computation'::character varying])::text[]))),
    CONSTRAINT source_tier_1_to_7 CHECK (((tier >= 1) AND (tier <= 7)))
);
ALTER TABLE public.claims_source ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_stalemark (
    id bigint NOT NULL,
    reason character varying(24) NOT NULL,
    detail text NOT NULL,
    subject_key character varying(128) NOT NULL,
    since timestamp with time zone NOT NULL,
    cleared_at timestamp with time zone,
    version_id bigint NOT NULL,
    CONSTRAINT stale_reason_known CHECK (((reason)::text = ANY ((ARRAY['review_due'::character varying, 'check_changed'::character varying, 'key_number_moved'::character varying, 'orbit_changed'::character varying, 'archive_transition'::character varying, 'source_changed'::character varying, 'measurement_superseded'::character varying])::text[])))
);
ALTER TABLE public.claims_stalemark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_stalemark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_verdictversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    state character varying(12) NOT NULL,
    title character varying(80) NOT NULL,
    statement text NOT NULL,
    kind character varying(16) NOT NULL,
    topic character varying(16) NOT NULL,
    verdict character varying(20) NOT NULL,
    confidence character varying(8) NOT NULL,
    confidence_basis text NOT NULL,
    one_line character varying(160) NOT NULL,
    key_points jsonb NOT NULL,
    rationale text NOT NULL,
    would_change text NOT NULL,
    evidence_cutoff date NOT NULL,
    next_review date NOT NULL,
    reason_code character varying(24) NOT NULL,
    severity character varying(16) NOT NULL,
    change_note text NOT NULL,
    review_level character varying(12) NOT NULL,
    review_note text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    document jsonb,
    chart_subject jsonb,
    content_sha256 character varying(64) NOT NULL,
    search_text text NOT NULL,
    author_id integer NOT NULL,
    claim_id bigint NOT NULL,
    CONSTRAINT claims_verdictversion_number_check CHECK ((number >= 0)),
    CONSTRAINT version_confidence_known CHECK (((confidence)::text = ANY ((ARRAY['high'::character varying, 'medium'::character varying, 'low'::character varying])::text[]))),
    CONSTRAINT version_number_from_1 CHECK ((number >= 1)),
    CONSTRAINT version_published_is_frozen CHECK ((((document IS NOT NULL) AND (published_at IS NOT NULL) AND ((state)::text = 'published'::text) AND (NOT ((content_sha256)::text = ''::text))) OR ((NOT ((state)::text = 'published'::text)) AND ((content_sha256)::text = ''::text) AND (published_at IS NULL)))),
    CONSTRAINT version_review_after_cutoff CHECK ((next_review > evidence_cutoff)),
    CONSTRAINT version_state_known CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'in_review'::character varying, 'approved'::character varying, 'published'::character varying])::text[]))),
    CONSTRAINT version_verdict_known CHECK (((verdict)::text = ANY ((ARRAY['supported'::character varying, 'mostly_supported'::character varying, 'mixed'::character varying, 'misleading'::character varying, 'contradicted'::character varying, 'unsupported'::character varying, 'unresolved'::character varying, 'not_checkable'::character varying, 'outdated'::character varying])::text[])))
);
ALTER TABLE public.claims_verdictversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_verdictversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_versionedit (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    editor_id integer NOT NULL,
    version_id bigint NOT NULL
);
ALTER TABLE public.claims_versionedit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_versionedit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id integer NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);
ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.ephemeris_archivepoll (
    id bigint NOT NULL,
    archive character varying(16) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    outcome character varying(24) NOT NULL,
    query_text text NOT NULL,
    row_count integer,
    archive_count integer,
    counts jsonb NOT NULL,
    control_query_text text NOT NULL,
    control_row_count integer,
    reply_digest character varying(64) NOT NULL,
    message text NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    campaign_id bigint NOT NULL,
    CONSTRAINT ephemeris_archivepoll_archive_count_check CHECK ((archive_count >= 0)),
    CONSTRAINT ephemeris_archivepoll_control_row_count_check CHECK ((control_row_count >= 0)),
    CONSTRAINT ephemeris_archivepoll_row_count_check CHECK ((row_count >= 0))
);
ALTER TABLE public.ephemeris_archivepoll ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ephemeris_archivepoll_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ephemeris_archivestatuschange (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    before character varying(24) NOT NULL,
    after character varying(24) NOT NULL,
    cause character varying(8) NOT NULL,
    note text NOT NULL,
    poll_id bigint,
    campaign_id bigint NOT NULL,
    CONSTRAINT status_change_changes CHECK ((NOT ((before)::text = (after)::text)))
);
ALTER TABLE public.ephemeris_archivestatuschange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ephemeris_archivestatuschange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ephemeris_campaign (
    id bigint NOT NULL,
    key character varying(64) NOT NULL,
    facility character varying(128) NOT NULL,
    instrument character varying(160) NOT NULL,
    observed_from date,
    observed_to date,
    time_note text NOT NULL,
    archive character varying(16) NOT NULL,
    program_id character varying(64) NOT NULL,
    program_id_confirmed boolean NOT NULL,
    program_note text NOT NULL,
    access_policy character varying(16) NOT NULL,
    access_note text NOT NULL,
    first_public_date date,
    first_public_source_key character varying(64) NOT NULL,
    first_public_kind character varying(16) NOT NULL,
    first_public_note text NOT NULL,
    expected_release character varying(32) NOT NULL,
    expected_release_basis text NOT NULL,
    archive_release_date date,
    archive_release_note text NOT NULL,
    summary text NOT NULL,
    source_keys jsonb NOT NULL,
    verification character varying(16) NOT NULL,
    digest character varying(64) NOT NULL,
    body_id bigint NOT NULL,
    CONSTRAINT campaign_runs_forward CHECK (((observed_to >= observed_from) OR (observed_from IS NULL) OR (observed_to IS NULL)))
);
ALTER TABLE public.ephemeris_campaign ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ephemeris_campaign_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ephemeris_ephemerissnapshot (
    id bigint NOT NULL,
    observer_code character varying(32) NOT NULL,
    engine character varying(16) NOT NULL,
    start_tdb_jd double precision NOT NULL,
    stop_tdb_jd double precision NOT NULL,
    step_d double precision NOT NULL,
    "table" bytea NOT NULL,
    digest character varying(64) NOT NULL,
    provenance jsonb NOT NULL,
    retrieved_at timestamp with time zone NOT NULL,
    last_confirmed_at timestamp with time zone NOT NULL,
    solution_id bigint NOT NULL,
    body_id bigint NOT NULL,
    CONSTRAINT snapshot_runs_forward CHECK ((stop_tdb_jd > start_tdb_jd))
);
ALTER TABLE public.ephemeris_ephemerissnapshot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ephemeris_ephemerissnapshot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ephemeris_observer (
    id bigint NOT NULL,
    code character varying(32) NOT NULL,
    name character varying(128) NOT NULL,
    kind character varying(16) NOT NULL,
    body character varying(16) NOT NULL,
    longitude_east_deg double precision,
    latitude_deg double precision,
    altitude_km double precision,
    cameras jsonb NOT NULL,
    source_key character varying(64) NOT NULL,
    note text NOT NULL
);
ALTER TABLE public.ephemeris_observer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ephemeris_observer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ephemeris_orbitsolution (
    id bigint NOT NULL,
    solution_id character varying(32) NOT NULL,
    producer character varying(64) NOT NULL,
    kind character varying(128) NOT NULL,
    epoch_tdb_jd double precision NOT NULL,
    eccentricity double precision,
    perihelion_distance_au double precision,
    perihelion_time_tdb_jd double precision,
    longitude_of_ascending_node_deg double precision,
    argument_of_perihelion_deg double precision,
    inclination_deg double precision,
    position_au jsonb,
    velocity_au_d jsonb,
    a1_au_d2 double precision,
    a2_au_d2 double precision,
    a3_au_d2 double precision,
    aln double precision,
    nk double precision,
    nm double precision,
    nn double precision,
    r0_au double precision,
    dt_d double precision,
    m1 double precision,
    k1 double precision,
    sigma jsonb NOT NULL,
    solution_date character varying(32) NOT NULL,
    observations integer,
    arc_from date,
    arc_to date,
    fit_rms_km double precision,
    fit_max_km double precision,
    source character varying(255) NOT NULL,
    note text NOT NULL,
    is_default boolean NOT NULL,
    retrieved_at timestamp with time zone,
    last_confirmed_at timestamp with time zone,
    digest character varying(64) NOT NULL,
    replaces_id bigint,
    body_id bigint NOT NULL,
    CONSTRAINT ephemeris_orbitsolution_observations_check CHECK ((observations >= 0)),
    CONSTRAINT solution_has_elements_or_state CHECK ((((eccentricity IS NOT NULL) AND (perihelion_distance_au IS NOT NULL) AND (position_au IS NULL)) OR ((eccentricity IS NULL) AND (position_au IS NOT NULL) AND (velocity_au_d IS NOT NULL))))
);
ALTER TABLE public.ephemeris_orbitsolution ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ephemeris_orbitsolution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ephemeris_servicerefresh (
    id bigint NOT NULL,
    service character varying(32) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone NOT NULL,
    outcome character varying(24) NOT NULL,
    query text NOT NULL,
    reply_digest character varying(64) NOT NULL,
    message text NOT NULL,
    body_id bigint
);
ALTER TABLE public.ephemeris_servicerefresh ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ephemeris_servicerefresh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ephemeris_smallbody (
    id bigint NOT NULL,
    designation character varying(16) NOT NULL,
    full_designation character varying(64) NOT NULL,
    other_designations jsonb NOT NULL,
    name character varying(64) NOT NULL,
    kind character varying(64) NOT NULL,
    discovery_date character varying(10) NOT NULL,
    discovery_precision character varying(8) NOT NULL,
    discovery_site character varying(128) NOT NULL,
    discovery_source_key character varying(64) NOT NULL,
    live boolean NOT NULL,
    note text NOT NULL
);
ALTER TABLE public.ephemeris_smallbody ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ephemeris_smallbody_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
INSERT INTO public.auth_permission VALUES (1, 'Can add integrity run', 1, 'add_integrityrun');
INSERT INTO public.auth_permission VALUES (2, 'Can change integrity run', 1, 'change_integrityrun');
INSERT INTO public.auth_permission VALUES (3, 'Can delete integrity run', 1, 'delete_integrityrun');
INSERT INTO public.auth_permission VALUES (4, 'Can view integrity run', 1, 'view_integrityrun');
INSERT INTO public.auth_permission VALUES (5, 'Can add claim', 2, 'add_claim');
INSERT INTO public.auth_permission VALUES (6, 'Can change claim', 2, 'change_claim');
INSERT INTO public.auth_permission VALUES (7, 'Can delete claim', 2, 'delete_claim');
INSERT INTO public.auth_permission VALUES (8, 'Can view claim', 2, 'view_claim');
INSERT INTO public.auth_permission VALUES (9, 'Can add check run', 3, 'add_checkrun');
INSERT INTO public.auth_permission VALUES (10, 'Can change check run', 3, 'change_checkrun');
INSERT INTO public.auth_permission VALUES (11, 'Can delete check run', 3, 'delete_checkrun');
INSERT INTO public.auth_permission VALUES (12, 'Can view check run', 3, 'view_checkrun');
INSERT INTO public.auth_permission VALUES (13, 'Can add asserted quantity', 4, 'add_assertedquantity');
INSERT INTO public.auth_permission VALUES (14, 'Can change asserted quantity', 4, 'change_assertedquantity');
INSERT INTO public.auth_permission VALUES (15, 'Can delete asserted quantity', 4, 'delete_assertedquantity');
INSERT INTO public.auth_permission VALUES (16, 'Can view asserted quantity', 4, 'view_assertedquantity');
INSERT INTO public.auth_permission VALUES (17, 'Can add claim check', 5, 'add_claimcheck');
INSERT INTO public.auth_permission VALUES (18, 'Can change claim check', 5, 'change_claimcheck');
INSERT INTO public.auth_permission VALUES (19, 'Can delete claim check', 5, 'delete_claimcheck');
INSERT INTO public.auth_permission VALUES (20, 'Can view claim check', 5, 'view_claimcheck');
INSERT INTO public.auth_permission VALUES (21, 'Can add claim relation', 6, 'add_claimrelation');
INSERT INTO public.auth_permission VALUES (22, 'Can change claim relation', 6, 'change_claimrelation');
INSERT INTO public.auth_permission VALUES (23, 'Can delete claim relation', 6, 'delete_claimrelation');
INSERT INTO public.auth_permission VALUES (24, 'Can view claim relation', 6, 'view_claimrelation');
INSERT INTO public.auth_permission VALUES (25, 'Can add source', 7, 'add_source');
INSERT INTO public.auth_permission VALUES (26, 'Can change source', 7, 'change_source');
INSERT INTO public.auth_permission VALUES (27, 'Can delete source', 7, 'delete_source');
INSERT INTO public.auth_permission VALUES (28, 'Can view source', 7, 'view_source');
INSERT INTO public.auth_permission VALUES (29, 'Can add measurement', 8, 'add_measurement');
INSERT INTO public.auth_permission VALUES (30, 'Can change measurement', 8, 'change_measurement');
INSERT INTO public.auth_permission VALUES (31, 'Can delete measurement', 8, 'delete_measurement');
INSERT INTO public.auth_permission VALUES (32, 'Can view measurement', 8, 'view_measurement');
INSERT INTO public.auth_permission VALUES (33, 'Can add appearance', 9, 'add_appearance');
INSERT INTO public.auth_permission VALUES (34, 'Can change appearance', 9, 'change_appearance');
INSERT INTO public.auth_permission VALUES (35, 'Can delete appearance', 9, 'delete_appearance');
INSERT INTO public.auth_permission VALUES (36, 'Can view appearance', 9, 'view_appearance');
INSERT INTO public.auth_permission VALUES (37, 'Can add verdict version', 10, 'add_verdictversion');
INSERT INTO public.auth_permission VALUES (38, 'Can change verdict version', 10, 'change_verdictversion');
INSERT INTO public.auth_permission VALUES (39, 'Can delete verdict version', 10, 'delete_verdictversion');
INSERT INTO public.auth_permission VALUES (40, 'Can view verdict version', 10, 'view_verdictversion');
INSERT INTO public.auth_permission VALUES (41, 'Can add stale mark', 11, 'add_stalemark');
INSERT INTO public.auth_permission VALUES (42, 'Can change stale mark', 11, 'change_stalemark');
INSERT INTO public.auth_permission VALUES (43, 'Can delete stale mark', 11, 'delete_stalemark');
INSERT INTO public.auth_permission VALUES (44, 'Can view stale mark', 11, 'view_stalemark');
INSERT INTO public.auth_permission VALUES (45, 'Can add evidence', 12, 'add_evidence');
INSERT INTO public.auth_permission VALUES (46, 'Can change evidence', 12, 'change_evidence');
INSERT INTO public.auth_permission VALUES (47, 'Can delete evidence', 12, 'delete_evidence');
INSERT INTO public.auth_permission VALUES (48, 'Can view evidence', 12, 'view_evidence');
INSERT INTO public.auth_permission VALUES (49, 'Can add editorial log', 13, 'add_editoriallog');
INSERT INTO public.auth_permission VALUES (50, 'Can change editorial log', 13, 'change_editoriallog');
INSERT INTO public.auth_permission VALUES (51, 'Can delete editorial log', 13, 'delete_editoriallog');
INSERT INTO public.auth_permission VALUES (52, 'Can view editorial log', 13, 'view_editoriallog');
INSERT INTO public.auth_permission VALUES (53, 'Can add approval', 14, 'add_approval');
INSERT INTO public.auth_permission VALUES (54, 'Can change approval', 14, 'change_approval');
INSERT INTO public.auth_permission VALUES (55, 'Can delete approval', 14, 'delete_approval');
INSERT INTO public.auth_permission VALUES (56, 'Can view approval', 14, 'view_approval');
INSERT INTO public.auth_permission VALUES (57, 'Can add version edit', 15, 'add_versionedit');
INSERT INTO public.auth_permission VALUES (58, 'Can change version edit', 15, 'change_versionedit');
INSERT INTO public.auth_permission VALUES (59, 'Can delete version edit', 15, 'delete_versionedit');
INSERT INTO public.auth_permission VALUES (60, 'Can view version edit', 15, 'view_versionedit');
INSERT INTO public.auth_permission VALUES (61, 'Can add campaign', 16, 'add_campaign');
INSERT INTO public.auth_permission VALUES (62, 'Can change campaign', 16, 'change_campaign');
INSERT INTO public.auth_permission VALUES (63, 'Can delete campaign', 16, 'delete_campaign');
INSERT INTO public.auth_permission VALUES (64, 'Can view campaign', 16, 'view_campaign');
INSERT INTO public.auth_permission VALUES (65, 'Can add observer', 17, 'add_observer');
INSERT INTO public.auth_permission VALUES (66, 'Can change observer', 17, 'change_observer');
INSERT INTO public.auth_permission VALUES (67, 'Can delete observer', 17, 'delete_observer');
INSERT INTO public.auth_permission VALUES (68, 'Can view observer', 17, 'view_observer');
INSERT INTO public.auth_permission VALUES (69, 'Can add small body', 18, 'add_smallbody');
INSERT INTO public.auth_permission VALUES (70, 'Can change small body', 18, 'change_smallbody');
INSERT INTO public.auth_permission VALUES (71, 'Can delete small body', 18, 'delete_smallbody');
INSERT INTO public.auth_permission VALUES (72, 'Can view small body', 18, 'view_smallbody');
INSERT INTO public.auth_permission VALUES (73, 'Can add archive poll', 19, 'add_archivepoll');
INSERT INTO public.auth_permission VALUES (74, 'Can change archive poll', 19, 'change_archivepoll');
INSERT INTO public.auth_permission VALUES (75, 'Can delete archive poll', 19, 'delete_archivepoll');
INSERT INTO public.auth_permission VALUES (76, 'Can view archive poll', 19, 'view_archivepoll');
INSERT INTO public.auth_permission VALUES (77, 'Can add orbit solution', 20, 'add_orbitsolution');
INSERT INTO public.auth_permission VALUES (78, 'Can change orbit solution', 20, 'change_orbitsolution');
INSERT INTO public.auth_permission VALUES (79, 'Can delete orbit solution', 20, 'delete_orbitsolution');
INSERT INTO public.auth_permission VALUES (80, 'Can view orbit solution', 20, 'view_orbitsolution');
INSERT INTO public.auth_permission VALUES (81, 'Can add service refresh', 21, 'add_servicerefresh');
INSERT INTO public.auth_permission VALUES (82, 'Can change service refresh', 21, 'change_servicerefresh');
INSERT INTO public.auth_permission VALUES (83, 'Can delete service refresh', 21, 'delete_servicerefresh');
INSERT INTO public.auth_permission VALUES (84, 'Can view service refresh', 21, 'view_servicerefresh');
INSERT INTO public.auth_permission VALUES (85, 'Can add ephemeris snapshot', 22, 'add_ephemerissnapshot');
INSERT INTO public.auth_permission VALUES (86, 'Can change ephemeris snapshot', 22, 'change_ephemerissnapshot');
INSERT INTO public.auth_permission VALUES (87, 'Can delete ephemeris snapshot', 22, 'delete_ephemerissnapshot');
INSERT INTO public.auth_permission VALUES (88, 'Can view ephemeris snapshot', 22, 'view_ephemerissnapshot');
INSERT INTO public.auth_permission VALUES (89, 'Can add archive status change', 23, 'add_archivestatuschange');
INSERT INTO public.auth_permission VALUES (90, 'Can change archive status change', 23, 'change_archivestatuschange');
INSERT INTO public.auth_permission VALUES (91, 'Can delete archive status change', 23, 'delete_archivestatuschange');
INSERT INTO public.auth_permission VALUES (92, 'Can view archive status change', 23, 'view_archivestatuschange');
INSERT INTO public.auth_permission VALUES (93, 'Can add log entry', 24, 'add_logentry');
INSERT INTO public.auth_permission VALUES (94, 'Can change log entry', 24, 'change_logentry');
INSERT INTO public.auth_permission VALUES (95, 'Can delete log entry', 24, 'delete_logentry');
INSERT INTO public.auth_permission VALUES (96, 'Can view log entry', 24, 'view_logentry');
INSERT INTO public.auth_permission VALUES (97, 'Can add permission', 25, 'add_permission');
INSERT INTO public.auth_permission VALUES (98, 'Can change permission', 25, 'change_permission');
INSERT INTO public.auth_permission VALUES (99, 'Can delete permission', 25, 'delete_permission');
INSERT INTO public.auth_permission VALUES (100, 'Can view permission', 25, 'view_permission');
INSERT INTO public.auth_permission VALUES (101, 'Can add group', 26, 'add_group');
INSERT INTO public.auth_permission VALUES (102, 'Can change group', 26, 'change_group');
INSERT INTO public.auth_permission VALUES (103, 'Can delete group', 26, 'delete_group');
INSERT INTO public.auth_permission VALUES (104, 'Can view group', 26, 'view_group');
INSERT INTO public.auth_permission VALUES (105, 'Can add user', 27, 'add_user');
INSERT INTO public.auth_permission VALUES (106, 'Can change user', 27, 'change_user');
INSERT INTO public.auth_permission VALUES (107, 'Can delete user', 27, 'delete_user');
INSERT INTO public.auth_permission VALUES (108, 'Can view user', 27, 'view_user');
INSERT INTO public.auth_permission VALUES (109, 'Can add content type', 28, 'add_contenttype');
INSERT INTO public.auth_permission VALUES (110, 'Can change content type', 28, 'change_contenttype');
INSERT INTO public.auth_permission VALUES (111, 'Can delete content type', 28, 'delete_contenttype');
INSERT INTO public.auth_permission VALUES (112, 'Can view content type', 28, 'view_contenttype');
INSERT INTO public.auth_permission VALUES (113, 'Can add session', 29, 'add_session');
INSERT INTO public.auth_permission VALUES (114, 'Can change session', 29, 'change_session');
INSERT INTO public.auth_permission VALUES (115, 'Can delete session', 29, 'delete_session');
INSERT INTO public.auth_permission VALUES (116, 'Can view session', 29, 'view_session');
INSERT INTO public.auth_user VALUES (1, '!unusable', NULL, false, 'author', '', '', '', false, true, '2026-11-23 23:26:00+00');
INSERT INTO public.auth_user VALUES (2, '!unusable', NULL, false, 'reviewer', '', '', '', false, true, '2026-11-23 23:26:00+00');
INSERT INTO public.claims_appearance VALUES (1, '', 'forty-six kilometres wide', 'asserts', '2025-09-01', 'confirmed', 0, 1, 2);
INSERT INTO public.claims_appearance VALUES (2, '', 'forty-six kilometres wide', 'asserts', '2025-09-01', 'confirmed', 0, 2, 2);
INSERT INTO public.claims_appearance VALUES (3, '', 'forty-six kilometres wide', 'asserts', '2025-09-01', 'confirmed', 0, 3, 2);
INSERT INTO public.claims_approval VALUES (1, '2026-11-23 23:26:00+00', '{"neutral_wording": true}', '', NULL, 2, 1);
INSERT INTO public.claims_approval VALUES (2, '2026-11-24 00:26:00+00', '{"neutral_wording": true}', '', NULL, 2, 2);
INSERT INTO public.claims_approval VALUES (3, '2026-11-24 01:26:00+00', '{"neutral_wording": true}', '', NULL, 2, 3);
INSERT INTO public.claims_assertedquantity VALUES (1, 'nucleus_radius', 23, 'km', 'eq', 'half of 46 km', 0, 1);
INSERT INTO public.claims_assertedquantity VALUES (2, 'nucleus_radius', 23, 'km', 'eq', 'half of 46 km', 0, 2);
INSERT INTO public.claims_assertedquantity VALUES (3, 'nucleus_radius', 23, 'km', 'eq', 'half of 46 km', 0, 3);
INSERT INTO public.claims_checkrun VALUES (1, 'size_from_magnitude', '{}', '[]', '3333333333333333333333333333333333333333333333333333333333333333', 'contradicts', '{"value": 1.3}', '1.3 km, not 23 km.', '2026-11-23 23:26:00+00', '2026-11-23 23:26:00+00', NULL, 1);
INSERT INTO public.claims_claim VALUES (1, 'as-wide-as-a-city', 'As wide as a city', 'The nucleus is 46 km wide.', 'The diameter of the nucleus is about 46 km.', 'measurement', 'size-mass', '["as big as Manhattan"]', 'asserted_vs_measured', '2026-11-23 23:26:00+00', NULL, '', '2026-11-23 23:26:00+00', NULL, 1, 2);
INSERT INTO public.claims_claim VALUES (2, 'withdrawn-claim', 'Withdrawn claim', 'The nucleus is 46 km wide.', 'The diameter of the nucleus is about 46 km.', 'measurement', 'size-mass', '["as big as Manhattan"]', 'asserted_vs_measured', '2026-11-24 01:26:00+00', '2026-11-24 02:26:00+00', 'A duplicate.', '2026-11-23 23:26:00+00', NULL, 1, 3);
INSERT INTO public.claims_claim VALUES (3, 'still-a-draft', 'Still a draft', 'The nucleus is 46 km wide.', 'The diameter of the nucleus is about 46 km.', 'measurement', 'size-mass', '["as big as Manhattan"]', 'asserted_vs_measured', NULL, NULL, '', '2026-11-23 23:26:00+00', NULL, 1, NULL);
INSERT INTO public.claims_editoriallog VALUES (1, '2026-11-23 23:26:00+00', 'author', 'draft', NULL, '{"verdict": "contradicted"}', '', '0000000000000000000000000000000000000000000000000000000000000000', '5a905fdb9dee2eeb5a55ef20ac7b21b0d2c96fcad65be66d61d54819dcd8686a', 1, 1, 1);
INSERT INTO public.claims_editoriallog VALUES (2, '2026-11-23 23:26:00+00', 'author', 'submit', NULL, NULL, '', '5a905fdb9dee2eeb5a55ef20ac7b21b0d2c96fcad65be66d61d54819dcd8686a', 'bf6c959935eab9e72bec2642110b78adf2307f2c832e1516887988cc409aed31', 1, 1, 1);
INSERT INTO public.claims_editoriallog VALUES (3, '2026-11-23 23:26:00+00', 'reviewer', 'approve', NULL, '{"checklist": {"neutral_wording": true}}', '', 'bf6c959935eab9e72bec2642110b78adf2307f2c832e1516887988cc409aed31', '86fc73fffe8e53070333058053a18bfebe28d23f70ec4201e3ae8e06324280b8', 2, 1, 1);
INSERT INTO public.claims_editoriallog VALUES (4, '2026-11-23 23:26:00+00', 'reviewer', 'publish', '{"version": null}', '{"sha256": "234d847c4734156581b973f438ac29fb5da7dcafe42b2c0a7dd10dcd88d71ec6", "version": 1}', '', '86fc73fffe8e53070333058053a18bfebe28d23f70ec4201e3ae8e06324280b8', 'dcf5f1520c83c1808e028d547a19ea7eb61ce6157043ddc2cfe6ae30285c39f9', 2, 1, 1);
INSERT INTO public.claims_editoriallog VALUES (5, '2026-11-24 00:26:00+00', 'author', 'draft', NULL, '{"verdict": "misleading"}', '', 'dcf5f1520c83c1808e028d547a19ea7eb61ce6157043ddc2cfe6ae30285c39f9', 'a9de9fa08774e87114a0b455cfd5bf5602797d69e110d1bce63fa316ce77f391', 1, 1, 2);
INSERT INTO public.claims_editoriallog VALUES (6, '2026-11-24 00:26:00+00', 'author', 'submit', NULL, NULL, '', 'a9de9fa08774e87114a0b455cfd5bf5602797d69e110d1bce63fa316ce77f391', '37a7e45bccae40bc1a56ba30dacfa32e3df48e6130c7da2567dd9d6e2581a8cf', 1, 1, 2);
INSERT INTO public.claims_editoriallog VALUES (7, '2026-11-24 00:26:00+00', 'reviewer', 'approve', NULL, '{"checklist": {"neutral_wording": true}}', '', '37a7e45bccae40bc1a56ba30dacfa32e3df48e6130c7da2567dd9d6e2581a8cf', '1fdf9ed4e8c4ac80b558101826d69c24061d17f4eefca398eb5ad9426aed35d9', 2, 1, 2);
INSERT INTO public.claims_editoriallog VALUES (8, '2026-11-24 00:26:00+00', 'reviewer', 'publish', '{"version": 1}', '{"sha256": "3bfa306d55e33db0677a60a1ce2ddfb00e33c4811b47328025aab5ea254bcab0", "version": 2}', 'The wording is clearer.', '1fdf9ed4e8c4ac80b558101826d69c24061d17f4eefca398eb5ad9426aed35d9', '1a18aaa22b3dc0bb6508ed9491d86853c2bfd73a8f2f2ae68be7703730590622', 2, 1, 2);
INSERT INTO public.claims_editoriallog VALUES (9, '2026-11-24 01:26:00+00', 'author', 'draft', NULL, '{"verdict": "contradicted"}', '', '1a18aaa22b3dc0bb6508ed9491d86853c2bfd73a8f2f2ae68be7703730590622', '0409475b188613e685e34b19af4075fbcb1a426a3e47df3f3de2d8b5db28406a', 1, 2, 3);
INSERT INTO public.claims_editoriallog VALUES (10, '2026-11-24 01:26:00+00', 'author', 'submit', NULL, NULL, '', '0409475b188613e685e34b19af4075fbcb1a426a3e47df3f3de2d8b5db28406a', '5364c52ab3adb0f757366ae11fc6afe412bacb138626a5eec1986eb327c2c899', 1, 2, 3);
INSERT INTO public.claims_editoriallog VALUES (11, '2026-11-24 01:26:00+00', 'reviewer', 'approve', NULL, '{"checklist": {"neutral_wording": true}}', '', '5364c52ab3adb0f757366ae11fc6afe412bacb138626a5eec1986eb327c2c899', '6f7329f63a50b0ece5eb7c9a6aa3bfbc6795fff6f8aca442734beb2714f3ac1c', 2, 2, 3);
INSERT INTO public.claims_editoriallog VALUES (12, '2026-11-24 01:26:00+00', 'reviewer', 'publish', '{"version": null}', '{"sha256": "3e3cb96ffec337fb1b8abbb8ad8d58c1bf7d33afdce029a1588f6af7548ab443", "version": 1}', '', '6f7329f63a50b0ece5eb7c9a6aa3bfbc6795fff6f8aca442734beb2714f3ac1c', '6923fc6f32f5008a8ec5decf2ad747ccda8f6741679c25b76e2d0dc8466db02a', 2, 2, 3);
INSERT INTO public.claims_editoriallog VALUES (13, '2026-11-24 02:26:00+00', 'reviewer', 'withdraw', NULL, NULL, 'A duplicate.', '6923fc6f32f5008a8ec5decf2ad747ccda8f6741679c25b76e2d0dc8466db02a', '20380c0f515918bdec66b1f1d4a62ec1ceb9e89e67103c0806ca35cb6ff0af0f', 2, 2, 3);
INSERT INTO public.claims_editoriallog VALUES (14, '2026-11-24 03:26:00+00', 'author', 'draft', NULL, '{"verdict": "contradicted"}', '', '20380c0f515918bdec66b1f1d4a62ec1ceb9e89e67103c0806ca35cb6ff0af0f', 'dd61a71c564ddae5777c4f5345b3b6ab7d8f37d92983f8f81e8848287a9a778e', 1, 3, 4);
INSERT INTO public.claims_editoriallog VALUES (15, '2026-11-24 04:26:00+00', 'machine', 'mark_stale', NULL, '{"reason": "review_due", "subject": ""}', 'The review is due.', 'dd61a71c564ddae5777c4f5345b3b6ab7d8f37d92983f8f81e8848287a9a778e', '70aa5ab4b0f202aed77997ea984dddb564798894630767a6a5ca7db93527ad71', NULL, 1, 2);
INSERT INTO public.claims_evidence VALUES (1, 'refutes', '', 0, NULL, NULL, 1, NULL, 1);
INSERT INTO public.claims_evidence VALUES (2, 'context', '', 1, NULL, NULL, NULL, 1, 1);
INSERT INTO public.claims_evidence VALUES (3, 'context', '', 2, 1, NULL, NULL, NULL, 1);
INSERT INTO public.claims_evidence VALUES (4, 'refutes', '', 0, NULL, NULL, 1, NULL, 2);
INSERT INTO public.claims_evidence VALUES (5, 'context', '', 1, NULL, NULL, NULL, 1, 2);
INSERT INTO public.claims_evidence VALUES (6, 'context', '', 2, 1, NULL, NULL, NULL, 2);
INSERT INTO public.claims_evidence VALUES (7, 'refutes', '', 0, NULL, NULL, 1, NULL, 3);
INSERT INTO public.claims_evidence VALUES (8, 'context', '', 1, NULL, NULL, NULL, 1, 3);
INSERT INTO public.claims_evidence VALUES (9, 'context', '', 2, 1, NULL, NULL, NULL, 3);
INSERT INTO public.claims_evidence VALUES (10, 'refutes', '', 0, NULL, NULL, 1, NULL, 4);
INSERT INTO public.claims_evidence VALUES (11, 'context', '', 1, NULL, NULL, NULL, 1, 4);
INSERT INTO public.claims_evidence VALUES (12, 'context', '', 2, 1, NULL, NULL, NULL, 4);
INSERT INTO public.claims_measurement VALUES (1, '3i-radius', '3I', 'nucleus_radius', 'km', '', 1.3, 0.2, 0.2, 'value', '', '1.3 ± 0.2 km', '', '', '', '', NULL, NULL, '', NULL, '', '', '', '', 'verbatim', false, '', '', 'The radius is 1.3 km.', '', '1111111111111111111111111111111111111111111111111111111111111111', 1, NULL, 1);
INSERT INTO public.claims_source VALUES (1, '2025ApJ...000..000X', 'A nucleus in a coma', 'Example et al.', 2025, '', '', '', '', 'https://journal.example/nucleus', 'peer_reviewed', 2, '', 'text', 'read', 'CC-BY-4.0', '0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.claims_source VALUES (2, 'post-2025', 'A post', 'Example et al.', 2025, '', '', '', '', 'https://post.example/1', 'social', 7, '', 'text', 'read', 'CC-BY-4.0', '0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.claims_stalemark VALUES (1, 'review_due', 'The review is due.', '', '2026-11-24 04:26:00+00', NULL, 2);
INSERT INTO public.claims_verdictversion VALUES (1, 1, 'published', 'As wide as a city', 'The nucleus is 46 km wide.', 'measurement', 'size-mass', 'contradicted', 'high', 'Hubble isolated the nucleus.', 'The measured radius is 1.3 km.', '["46 km is the coma.", "Hubble: 1.3 km."]', 'The light is that of the coma.', 'A direct image.', '2026-10-01', '2027-10-01', 'first_publication', 'none', '', 'signed', '', '2026-11-23 23:26:00+00', '2026-11-23 23:26:00+00', '2026-11-23 23:26:00+00', '{"kind": "measurement", "slug": "as-wide-as-a-city", "chart": "asserted_vs_measured", "title": "As wide as a city", "topic": "size-mass", "checks": [], "object": {"name": "3I/ATLAS", "designation": "3I"}, "rating": 1, "schema": 1, "aliases": ["as big as Manhattan"], "license": "https://creativecommons.org/licenses/by/4.0/", "verdict": "contradicted", "version": 1, "asserted": [{"note": "half of 46 km", "unit": "km", "value": 23.0, "quantity": "nucleus_radius", "relation": "eq"}], "evidence": [{"id": "3i-radius", "url": "https://journal.example/nucleus", "kind": "measurement", "note": "", "tier": 2, "title": "The radius is 1.3 km.", "source": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "stance": "refutes", "locator": "", "disputed": false, "measured": {"plus": 0.2, "unit": "km", "as_of": null, "limit": "value", "minus": 0.2, "value": 1.3, "source": "2025ApJ...000..000X", "subject": null, "as_printed": "1.3 ± 0.2 km", "measurement": "3i-radius", "source_title": "A nucleus in a coma"}, "quantity": "nucleus_radius", "dispute_note": "", "verification": "verbatim"}, {"id": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "source", "note": "", "tier": 2, "title": "A nucleus in a coma", "source": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "stance": "context"}, {"id": "3i-campaign", "url": "https://journal.example/nucleus", "kind": "campaign", "note": "", "tier": 2, "title": "Hubble pictures.", "source": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "stance": "context", "facility": "HST", "instrument": "WFC3"}], "one_line": "The measured radius is 1.3 km.", "severity": "none", "rationale": "The light is that of the coma.", "reviewers": [{"name": "author", "role": "author"}, {"name": "reviewer", "role": "reviewer"}], "statement": "The nucleus is 46 km wide.", "confidence": "high", "key_points": ["46 km is the coma.", "Hubble: 1.3 km."], "normalized": "FALSE", "appearances": [{"phrase": "forty-six kilometres wide", "source": {"key": "post-2025", "url": "https://post.example/1", "kind": "social", "tier": 7, "year": 2025, "title": "A post", "authors": "Example et al."}, "stance": "asserts", "locator": "", "first_seen": "2025-09-01"}], "change_note": "", "key_numbers": [{"asserted": {"note": "half of 46 km", "unit": "km", "value": 23.0, "relation": "eq"}, "measured": {"plus": 0.2, "unit": "km", "as_of": null, "limit": "value", "minus": 0.2, "value": 1.3, "source": "2025ApJ...000..000X", "subject": null, "as_printed": "1.3 ± 0.2 km", "measurement": "3i-radius", "source_title": "A nucleus in a coma"}, "quantity": "nucleus_radius"}], "next_review": "2027-10-01", "reason_code": "first_publication", "review_note": "", "published_at": "2026-11-23T23:26:00+00:00", "review_level": "signed", "would_change": "A direct image.", "verdict_label": "Contradicted by the data", "evidence_cutoff": "2026-10-01", "truth_condition": "The diameter of the nucleus is about 46 km.", "confidence_basis": "Hubble isolated the nucleus.", "first_published_at": "2026-11-23T23:26:00+00:00"}', '{"body": "3I", "slug": "as-wide-as-a-city", "title": "As wide as a city", "asserted": [{"note": "half of 46 km", "unit": "km", "value": 23.0, "quantity": "nucleus_radius", "relation": "eq"}], "campaigns": [{"key": "3i-campaign", "body": "3I", "archive": "mast", "summary": "Hubble pictures.", "facility": "HST", "instrument": "WFC3"}], "cited_keys": ["3i-radius"], "measurements": [{"key": "3i-radius", "body": "3I", "plus": 0.2, "unit": "km", "limit": "value", "minus": 0.2, "value": 1.3, "citation": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "disputed": false, "quantity": "nucleus_radius", "statement": "The radius is 1.3 km.", "as_printed": "1.3 ± 0.2 km", "verification": "verbatim"}], "verdict_label": "Contradicted by the data"}', '234d847c4734156581b973f438ac29fb5da7dcafe42b2c0a7dd10dcd88d71ec6', 'As wide as a city
The nucleus is 46 km wide.
as big as Manhattan
The measured radius is 1.3 km.
46 km is the coma.
Hubble: 1.3 km.
The light is that of the coma.
3I/ATLAS', 1, 1);
INSERT INTO public.claims_verdictversion VALUES (2, 2, 'published', 'As wide as a city', 'The nucleus is 46 km wide.', 'measurement', 'size-mass', 'misleading', 'high', 'Hubble isolated the nucleus.', 'The measured radius is 1.3 km.', '["46 km is the coma.", "Hubble: 1.3 km."]', 'The light is that of the coma.', 'A direct image.', '2026-10-01', '2027-10-01', 'wording', 'clarification', 'The wording is clearer.', 'signed', '', '2026-11-24 00:26:00+00', '2026-11-24 00:26:00+00', '2026-11-24 00:26:00+00', '{"kind": "measurement", "slug": "as-wide-as-a-city", "chart": "asserted_vs_measured", "title": "As wide as a city", "topic": "size-mass", "checks": [], "object": {"name": "3I/ATLAS", "designation": "3I"}, "rating": 2, "schema": 1, "aliases": ["as big as Manhattan"], "license": "https://creativecommons.org/licenses/by/4.0/", "verdict": "misleading", "version": 2, "asserted": [{"note": "half of 46 km", "unit": "km", "value": 23.0, "quantity": "nucleus_radius", "relation": "eq"}], "evidence": [{"id": "3i-radius", "url": "https://journal.example/nucleus", "kind": "measurement", "note": "", "tier": 2, "title": "The radius is 1.3 km.", "source": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "stance": "refutes", "locator": "", "disputed": false, "measured": {"plus": 0.2, "unit": "km", "as_of": null, "limit": "value", "minus": 0.2, "value": 1.3, "source": "2025ApJ...000..000X", "subject": null, "as_printed": "1.3 ± 0.2 km", "measurement": "3i-radius", "source_title": "A nucleus in a coma"}, "quantity": "nucleus_radius", "dispute_note": "", "verification": "verbatim"}, {"id": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "source", "note": "", "tier": 2, "title": "A nucleus in a coma", "source": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "stance": "context"}, {"id": "3i-campaign", "url": "https://journal.example/nucleus", "kind": "campaign", "note": "", "tier": 2, "title": "Hubble pictures.", "source": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "stance": "context", "facility": "HST", "instrument": "WFC3"}], "one_line": "The measured radius is 1.3 km.", "severity": "clarification", "rationale": "The light is that of the coma.", "reviewers": [{"name": "author", "role": "author"}, {"name": "reviewer", "role": "reviewer"}], "statement": "The nucleus is 46 km wide.", "confidence": "high", "key_points": ["46 km is the coma.", "Hubble: 1.3 km."], "normalized": "MIXTURE", "appearances": [{"phrase": "forty-six kilometres wide", "source": {"key": "post-2025", "url": "https://post.example/1", "kind": "social", "tier": 7, "year": 2025, "title": "A post", "authors": "Example et al."}, "stance": "asserts", "locator": "", "first_seen": "2025-09-01"}], "change_note": "The wording is clearer.", "key_numbers": [{"asserted": {"note": "half of 46 km", "unit": "km", "value": 23.0, "relation": "eq"}, "measured": {"plus": 0.2, "unit": "km", "as_of": null, "limit": "value", "minus": 0.2, "value": 1.3, "source": "2025ApJ...000..000X", "subject": null, "as_printed": "1.3 ± 0.2 km", "measurement": "3i-radius", "source_title": "A nucleus in a coma"}, "quantity": "nucleus_radius"}], "next_review": "2027-10-01", "reason_code": "wording", "review_note": "", "published_at": "2026-11-24T00:26:00+00:00", "review_level": "signed", "would_change": "A direct image.", "verdict_label": "Real facts, wrong conclusion", "evidence_cutoff": "2026-10-01", "truth_condition": "The diameter of the nucleus is about 46 km.", "confidence_basis": "Hubble isolated the nucleus.", "first_published_at": "2026-11-23T23:26:00+00:00"}', '{"body": "3I", "slug": "as-wide-as-a-city", "title": "As wide as a city", "asserted": [{"note": "half of 46 km", "unit": "km", "value": 23.0, "quantity": "nucleus_radius", "relation": "eq"}], "campaigns": [{"key": "3i-campaign", "body": "3I", "archive": "mast", "summary": "Hubble pictures.", "facility": "HST", "instrument": "WFC3"}], "cited_keys": ["3i-radius"], "measurements": [{"key": "3i-radius", "body": "3I", "plus": 0.2, "unit": "km", "limit": "value", "minus": 0.2, "value": 1.3, "citation": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "disputed": false, "quantity": "nucleus_radius", "statement": "The radius is 1.3 km.", "as_printed": "1.3 ± 0.2 km", "verification": "verbatim"}], "verdict_label": "Real facts, wrong conclusion"}', '3bfa306d55e33db0677a60a1ce2ddfb00e33c4811b47328025aab5ea254bcab0', 'As wide as a city
The nucleus is 46 km wide.
as big as Manhattan
The measured radius is 1.3 km.
46 km is the coma.
Hubble: 1.3 km.
The light is that of the coma.
3I/ATLAS', 1, 1);
INSERT INTO public.claims_verdictversion VALUES (3, 1, 'published', 'Withdrawn claim', 'The nucleus is 46 km wide.', 'measurement', 'size-mass', 'contradicted', 'high', 'Hubble isolated the nucleus.', 'The measured radius is 1.3 km.', '["46 km is the coma.", "Hubble: 1.3 km."]', 'The light is that of the coma.', 'A direct image.', '2026-10-01', '2027-10-01', 'first_publication', 'none', '', 'signed', '', '2026-11-24 01:26:00+00', '2026-11-24 01:26:00+00', '2026-11-24 01:26:00+00', '{"kind": "measurement", "slug": "withdrawn-claim", "chart": "asserted_vs_measured", "title": "Withdrawn claim", "topic": "size-mass", "checks": [], "object": {"name": "3I/ATLAS", "designation": "3I"}, "rating": 1, "schema": 1, "aliases": ["as big as Manhattan"], "license": "https://creativecommons.org/licenses/by/4.0/", "verdict": "contradicted", "version": 1, "asserted": [{"note": "half of 46 km", "unit": "km", "value": 23.0, "quantity": "nucleus_radius", "relation": "eq"}], "evidence": [{"id": "3i-radius", "url": "https://journal.example/nucleus", "kind": "measurement", "note": "", "tier": 2, "title": "The radius is 1.3 km.", "source": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "stance": "refutes", "locator": "", "disputed": false, "measured": {"plus": 0.2, "unit": "km", "as_of": null, "limit": "value", "minus": 0.2, "value": 1.3, "source": "2025ApJ...000..000X", "subject": null, "as_printed": "1.3 ± 0.2 km", "measurement": "3i-radius", "source_title": "A nucleus in a coma"}, "quantity": "nucleus_radius", "dispute_note": "", "verification": "verbatim"}, {"id": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "source", "note": "", "tier": 2, "title": "A nucleus in a coma", "source": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "stance": "context"}, {"id": "3i-campaign", "url": "https://journal.example/nucleus", "kind": "campaign", "note": "", "tier": 2, "title": "Hubble pictures.", "source": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "stance": "context", "facility": "HST", "instrument": "WFC3"}], "one_line": "The measured radius is 1.3 km.", "severity": "none", "rationale": "The light is that of the coma.", "reviewers": [{"name": "author", "role": "author"}, {"name": "reviewer", "role": "reviewer"}], "statement": "The nucleus is 46 km wide.", "confidence": "high", "key_points": ["46 km is the coma.", "Hubble: 1.3 km."], "normalized": "FALSE", "appearances": [{"phrase": "forty-six kilometres wide", "source": {"key": "post-2025", "url": "https://post.example/1", "kind": "social", "tier": 7, "year": 2025, "title": "A post", "authors": "Example et al."}, "stance": "asserts", "locator": "", "first_seen": "2025-09-01"}], "change_note": "", "key_numbers": [{"asserted": {"note": "half of 46 km", "unit": "km", "value": 23.0, "relation": "eq"}, "measured": {"plus": 0.2, "unit": "km", "as_of": null, "limit": "value", "minus": 0.2, "value": 1.3, "source": "2025ApJ...000..000X", "subject": null, "as_printed": "1.3 ± 0.2 km", "measurement": "3i-radius", "source_title": "A nucleus in a coma"}, "quantity": "nucleus_radius"}], "next_review": "2027-10-01", "reason_code": "first_publication", "review_note": "", "published_at": "2026-11-24T01:26:00+00:00", "review_level": "signed", "would_change": "A direct image.", "verdict_label": "Contradicted by the data", "evidence_cutoff": "2026-10-01", "truth_condition": "The diameter of the nucleus is about 46 km.", "confidence_basis": "Hubble isolated the nucleus.", "first_published_at": "2026-11-24T01:26:00+00:00"}', '{"body": "3I", "slug": "withdrawn-claim", "title": "Withdrawn claim", "asserted": [{"note": "half of 46 km", "unit": "km", "value": 23.0, "quantity": "nucleus_radius", "relation": "eq"}], "campaigns": [{"key": "3i-campaign", "body": "3I", "archive": "mast", "summary": "Hubble pictures.", "facility": "HST", "instrument": "WFC3"}], "cited_keys": ["3i-radius"], "measurements": [{"key": "3i-radius", "body": "3I", "plus": 0.2, "unit": "km", "limit": "value", "minus": 0.2, "value": 1.3, "citation": {"key": "2025ApJ...000..000X", "url": "https://journal.example/nucleus", "kind": "peer_reviewed", "tier": 2, "year": 2025, "title": "A nucleus in a coma", "authors": "Example et al."}, "disputed": false, "quantity": "nucleus_radius", "statement": "The radius is 1.3 km.", "as_printed": "1.3 ± 0.2 km", "verification": "verbatim"}], "verdict_label": "Contradicted by the data"}', '3e3cb96ffec337fb1b8abbb8ad8d58c1bf7d33afdce029a1588f6af7548ab443', 'Withdrawn claim
The nucleus is 46 km wide.
as big as Manhattan
The measured radius is 1.3 km.
46 km is the coma.
Hubble: 1.3 km.
The light is that of the coma.
3I/ATLAS', 1, 2);
INSERT INTO public.claims_verdictversion VALUES (4, 1, 'draft', 'Still a draft', 'The nucleus is 46 km wide.', 'measurement', 'size-mass', 'contradicted', 'high', 'Hubble isolated the nucleus.', 'The measured radius is 1.3 km.', '["46 km is the coma.", "Hubble: 1.3 km."]', 'The light is that of the coma.', 'A direct image.', '2026-10-01', '2027-10-01', 'first_publication', 'none', '', 'signed', '', '2026-11-24 03:26:00+00', '2026-11-24 03:26:00+00', NULL, NULL, NULL, '', '', 1, 3);
INSERT INTO public.django_content_type VALUES (1, 'claims', 'integrityrun');
INSERT INTO public.django_content_type VALUES (2, 'claims', 'claim');
INSERT INTO public.django_content_type VALUES (3, 'claims', 'checkrun');
INSERT INTO public.django_content_type VALUES (4, 'claims', 'assertedquantity');
INSERT INTO public.django_content_type VALUES (5, 'claims', 'claimcheck');
INSERT INTO public.django_content_type VALUES (6, 'claims', 'claimrelation');
INSERT INTO public.django_content_type VALUES (7, 'claims', 'source');
INSERT INTO public.django_content_type VALUES (8, 'claims', 'measurement');
INSERT INTO public.django_content_type VALUES (9, 'claims', 'appearance');
INSERT INTO public.django_content_type VALUES (10, 'claims', 'verdictversion');
INSERT INTO public.django_content_type VALUES (11, 'claims', 'stalemark');
INSERT INTO public.django_content_type VALUES (12, 'claims', 'evidence');
INSERT INTO public.django_content_type VALUES (13, 'claims', 'editoriallog');
INSERT INTO public.django_content_type VALUES (14, 'claims', 'approval');
INSERT INTO public.django_content_type VALUES (15, 'claims', 'versionedit');
INSERT INTO public.django_content_type VALUES (16, 'ephemeris', 'campaign');
INSERT INTO public.django_content_type VALUES (17, 'ephemeris', 'observer');
INSERT INTO public.django_content_type VALUES (18, 'ephemeris', 'smallbody');
INSERT INTO public.django_content_type VALUES (19, 'ephemeris', 'archivepoll');
INSERT INTO public.django_content_type VALUES (20, 'ephemeris', 'orbitsolution');
INSERT INTO public.django_content_type VALUES (21, 'ephemeris', 'servicerefresh');
INSERT INTO public.django_content_type VALUES (22, 'ephemeris', 'ephemerissnapshot');
INSERT INTO public.django_content_type VALUES (23, 'ephemeris', 'archivestatuschange');
INSERT INTO public.django_content_type VALUES (24, 'admin', 'logentry');
INSERT INTO public.django_content_type VALUES (25, 'auth', 'permission');
INSERT INTO public.django_content_type VALUES (26, 'auth', 'group');
INSERT INTO public.django_content_type VALUES (27, 'auth', 'user');
INSERT INTO public.django_content_type VALUES (28, 'contenttypes', 'contenttype');
INSERT INTO public.django_content_type VALUES (29, 'sessions', 'session');
INSERT INTO public.django_migrations VALUES (1, 'contenttypes', '0001_initial', '2026-11-25 22:56:35.756022+00');
INSERT INTO public.django_migrations VALUES (2, 'auth', '0001_initial', '2026-11-25 22:56:35.802239+00');
INSERT INTO public.django_migrations VALUES (3, 'admin', '0001_initial', '2026-11-25 22:56:35.819994+00');
INSERT INTO public.django_migrations VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-25 22:56:35.825527+00');
INSERT INTO public.django_migrations VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-25 22:56:35.832872+00');
INSERT INTO public.django_migrations VALUES (6, 'contenttypes', '0002_remove_content_type_name', '2026-11-25 22:56:35.843817+00');
INSERT INTO public.django_migrations VALUES (7, 'auth', '0002_alter_permission_name_max_length', '2026-11-25 22:56:35.847102+00');
INSERT INTO public.django_migrations VALUES (8, 'auth', '0003_alter_user_email_max_length', '2026-11-25 22:56:35.850319+00');
INSERT INTO public.django_migrations VALUES (9, 'auth', '0004_alter_user_username_opts', '2026-11-25 22:56:35.852944+00');
INSERT INTO public.django_migrations VALUES (10, 'auth', '0005_alter_user_last_login_null', '2026-11-25 22:56:35.856018+00');
INSERT INTO public.django_migrations VALUES (11, 'auth', '0006_require_contenttypes_0002', '2026-11-25 22:56:35.85635+00');
INSERT INTO public.django_migrations VALUES (12, 'auth', '0007_alter_validators_add_error_messages', '2026-11-25 22:56:35.8596+00');
INSERT INTO public.django_migrations VALUES (13, 'auth', '0008_alter_user_username_max_length', '2026-11-25 22:56:35.866374+00');
INSERT INTO public.django_migrations VALUES (14, 'auth', '0009_alter_user_last_name_max_length', '2026-11-25 22:56:35.870611+00');
INSERT INTO public.django_migrations VALUES (15, 'auth', '0010_alter_group_name_max_length', '2026-11-25 22:56:35.937053+00');
INSERT INTO public.django_migrations VALUES (16, 'auth', '0011_update_proxy_permissions', '2026-11-25 22:56:35.939995+00');
INSERT INTO public.django_migrations VALUES (17, 'auth', '0012_alter_user_first_name_max_length', '2026-11-25 22:56:35.946584+00');
INSERT INTO public.django_migrations VALUES (18, 'ephemeris', '0001_initial', '2026-11-25 22:56:36.100764+00');
INSERT INTO public.django_migrations VALUES (19, 'claims', '0001_initial', '2026-11-25 22:56:37.225924+00');
INSERT INTO public.django_migrations VALUES (20, 'sessions', '0001_initial', '2026-11-25 22:56:37.243367+00');
INSERT INTO public.ephemeris_archivepoll VALUES (1, 'mast', '2026-11-23 23:26:00+00', 'answered', 'GET https://archive.example/?q=3I', 4, NULL, '{}', '', NULL, '', '', '6666666666666666666666666666666666666666666666666666666666666666', 1);
INSERT INTO public.ephemeris_archivestatuschange VALUES (1, '2026-11-23 23:26:00+00', '', 'planned', 'archive', '', 1, 1);
INSERT INTO public.ephemeris_campaign VALUES (1, '3i-campaign', 'HST', 'WFC3', NULL, NULL, '', 'mast', '', false, '', 'months:0', '', NULL, '', '', '', '', '', NULL, '', 'Hubble pictures.', '["2025ApJ...000..000X"]', 'verbatim', '2222222222222222222222222222222222222222222222222222222222222222', 1);
INSERT INTO public.ephemeris_ephemerissnapshot VALUES (1, '500@10', 'embedded', 2460977.5, 2460978.5, 1, '\x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff', '5555555555555555555555555555555555555555555555555555555555555555', '{}', '2026-11-23 23:26:00+00', '2026-11-23 23:26:00+00', 1, 1);
INSERT INTO public.ephemeris_orbitsolution VALUES (1, 'TEST1', 'tests', 'test', 2460977.5, 6.1, 1.35, 2460977.9, 322.1, 128, 175.1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '', NULL, NULL, NULL, NULL, NULL, 'synthetic', '', true, NULL, NULL, '4444444444444444444444444444444444444444444444444444444444444444', NULL, 1);
INSERT INTO public.ephemeris_smallbody VALUES (1, '3I', '3I/ATLAS', '[]', 'ATLAS', 'comet', '2025-07-01', 'day', '', '', false, '');
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 116, true);
SELECT pg_catalog.setval('public.auth_user_groups_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_user_id_seq', 2, true);
SELECT pg_catalog.setval('public.auth_user_user_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_appearance_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_approval_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_assertedquantity_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_checkrun_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_claim_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_claimcheck_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_claimrelation_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_editoriallog_id_seq', 15, true);
SELECT pg_catalog.setval('public.claims_evidence_id_seq', 12, true);
SELECT pg_catalog.setval('public.claims_integrityrun_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_measurement_also_in_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_measurement_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_source_id_seq', 2, true);
SELECT pg_catalog.setval('public.claims_stalemark_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_verdictversion_id_seq', 4, true);
SELECT pg_catalog.setval('public.claims_versionedit_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_admin_log_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 29, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 20, true);
SELECT pg_catalog.setval('public.ephemeris_archivepoll_id_seq', 1, true);
SELECT pg_catalog.setval('public.ephemeris_archivestatuschange_id_seq', 1, true);
SELECT pg_catalog.setval('public.ephemeris_campaign_id_seq', 1, true);
SELECT pg_catalog.setval('public.ephemeris_ephemerissnapshot_id_seq', 1, true);
SELECT pg_catalog.setval('public.ephemeris_observer_id_seq', 1, false);
SELECT pg_catalog.setval('public.ephemeris_orbitsolution_id_seq', 1, true);
SELECT pg_catalog.setval('public.ephemeris_servicerefresh_id_seq', 1, false);
SELECT pg_catalog.setval('public.ephemeris_smallbody_id_seq', 1, true);
ALTER TABLE ONLY public.claims_appearance
    ADD CONSTRAINT appearance_once UNIQUE (claim_id, source_id, locator, phrase);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_group_id_94350c0c_uniq UNIQUE (user_id, group_id);
ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_permission_id_14a6b632_uniq UNIQUE (user_id, permission_id);
ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.claims_appearance
    ADD CONSTRAINT claims_appearance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_approval
    ADD CONSTRAINT claims_approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_assertedquantity
    ADD CONSTRAINT claims_assertedquantity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_checkrun
    ADD CONSTRAINT claims_checkrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_claim
    ADD CONSTRAINT claims_claim_current_version_id_key UNIQUE (current_version_id);
ALTER TABLE ONLY public.claims_claim
    ADD CONSTRAINT claims_claim_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_claim
    ADD CONSTRAINT claims_claim_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.claims_claimcheck
    ADD CONSTRAINT claims_claimcheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_claimrelation
    ADD CONSTRAINT claims_claimrelation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_editoriallog
    ADD CONSTRAINT claims_editoriallog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_editoriallog
    ADD CONSTRAINT claims_editoriallog_previous_hash_key UNIQUE (previous_hash);
ALTER TABLE ONLY public.claims_editoriallog
    ADD CONSTRAINT claims_editoriallog_row_hash_key UNIQUE (row_hash);
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_integrityrun
    ADD CONSTRAINT claims_integrityrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_measurement_also_in
    ADD CONSTRAINT claims_measurement_also__measurement_id_source_id_03e83cba_uniq UNIQUE (measurement_id, source_id);
ALTER TABLE ONLY public.claims_measurement_also_in
    ADD CONSTRAINT claims_measurement_also_in_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_measurement
    ADD CONSTRAINT claims_measurement_key_key UNIQUE (key);
ALTER TABLE ONLY public.claims_measurement
    ADD CONSTRAINT claims_measurement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_source
    ADD CONSTRAINT claims_source_key_key UNIQUE (key);
ALTER TABLE ONLY public.claims_source
    ADD CONSTRAINT claims_source_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_stalemark
    ADD CONSTRAINT claims_stalemark_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_verdictversion
    ADD CONSTRAINT claims_verdictversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_versionedit
    ADD CONSTRAINT claims_versionedit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.ephemeris_archivepoll
    ADD CONSTRAINT ephemeris_archivepoll_idempotency_key_key UNIQUE (idempotency_key);
ALTER TABLE ONLY public.ephemeris_archivepoll
    ADD CONSTRAINT ephemeris_archivepoll_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ephemeris_archivestatuschange
    ADD CONSTRAINT ephemeris_archivestatuschange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ephemeris_campaign
    ADD CONSTRAINT ephemeris_campaign_key_key UNIQUE (key);
ALTER TABLE ONLY public.ephemeris_campaign
    ADD CONSTRAINT ephemeris_campaign_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ephemeris_ephemerissnapshot
    ADD CONSTRAINT ephemeris_ephemerissnapshot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ephemeris_observer
    ADD CONSTRAINT ephemeris_observer_code_key UNIQUE (code);
ALTER TABLE ONLY public.ephemeris_observer
    ADD CONSTRAINT ephemeris_observer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ephemeris_orbitsolution
    ADD CONSTRAINT ephemeris_orbitsolution_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ephemeris_servicerefresh
    ADD CONSTRAINT ephemeris_servicerefresh_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ephemeris_smallbody
    ADD CONSTRAINT ephemeris_smallbody_designation_key UNIQUE (designation);
ALTER TABLE ONLY public.ephemeris_smallbody
    ADD CONSTRAINT ephemeris_smallbody_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_claimrelation
    ADD CONSTRAINT relation_once UNIQUE (claim_id, other_id, relation);
ALTER TABLE ONLY public.ephemeris_ephemerissnapshot
    ADD CONSTRAINT snapshot_once UNIQUE (body_id, observer_code, solution_id, engine, start_tdb_jd, stop_tdb_jd, step_d, digest);
ALTER TABLE ONLY public.ephemeris_orbitsolution
    ADD CONSTRAINT solution_id_once_per_body UNIQUE (body_id, solution_id);
ALTER TABLE ONLY public.claims_verdictversion
    ADD CONSTRAINT version_number_once UNIQUE (claim_id, number);
CREATE UNIQUE INDEX approval_once_a_person ON public.claims_approval USING btree (version_id, approver_id) WHERE (voided_at IS NULL);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX auth_user_groups_group_id_97559544 ON public.auth_user_groups USING btree (group_id);
CREATE INDEX auth_user_groups_user_id_6a12ed8b ON public.auth_user_groups USING btree (user_id);
CREATE INDEX auth_user_user_permissions_permission_id_1fbb5f2c ON public.auth_user_user_permissions USING btree (permission_id);
CREATE INDEX auth_user_user_permissions_user_id_a95ead1b ON public.auth_user_user_permissions USING btree (user_id);
CREATE INDEX auth_user_username_6821ab7c_like ON public.auth_user USING btree (username varchar_pattern_ops);
CREATE INDEX check_run_latest ON public.claims_checkrun USING btree (claim_id, name, ran_at DESC);
CREATE INDEX claim_by_publication ON public.claims_claim USING btree (first_published_at DESC, id DESC);
CREATE INDEX claims_appearance_claim_id_e65ab55a ON public.claims_appearance USING btree (claim_id);
CREATE INDEX claims_appearance_source_id_4626fe55 ON public.claims_appearance USING btree (source_id);
CREATE INDEX claims_approval_approver_id_887c6ed3 ON public.claims_approval USING btree (approver_id);
CREATE INDEX claims_approval_version_id_c80d0faf ON public.claims_approval USING btree (version_id);
CREATE INDEX claims_assertedquantity_claim_id_5fd5d513 ON public.claims_assertedquantity USING btree (claim_id);
CREATE INDEX claims_checkrun_claim_id_a5d892c9 ON public.claims_checkrun USING btree (claim_id);
CREATE INDEX claims_claim_assigned_to_id_5e597702 ON public.claims_claim USING btree (assigned_to_id);
CREATE INDEX claims_claim_body_id_2e49f1a3 ON public.claims_claim USING btree (body_id);
CREATE INDEX claims_claim_slug_6894d398_like ON public.claims_claim USING btree (slug varchar_pattern_ops);
CREATE INDEX claims_claimcheck_claim_id_7ffa580f ON public.claims_claimcheck USING btree (claim_id);
CREATE INDEX claims_claimrelation_claim_id_d2ad6de8 ON public.claims_claimrelation USING btree (claim_id);
CREATE INDEX claims_claimrelation_other_id_53ba6384 ON public.claims_claimrelation USING btree (other_id);
CREATE INDEX claims_editoriallog_actor_id_abaf9234 ON public.claims_editoriallog USING btree (actor_id);
CREATE INDEX claims_editoriallog_claim_id_80a15911 ON public.claims_editoriallog USING btree (claim_id);
CREATE INDEX claims_editoriallog_previous_hash_459d3be9_like ON public.claims_editoriallog USING btree (previous_hash varchar_pattern_ops);
CREATE INDEX claims_editoriallog_row_hash_c00f2e1d_like ON public.claims_editoriallog USING btree (row_hash varchar_pattern_ops);
CREATE INDEX claims_editoriallog_version_id_448823d8 ON public.claims_editoriallog USING btree (version_id);
CREATE INDEX claims_evidence_campaign_id_2fb22280 ON public.claims_evidence USING btree (campaign_id);
CREATE INDEX claims_evidence_check_run_id_2fa3039e ON public.claims_evidence USING btree (check_run_id);
CREATE INDEX claims_evidence_measurement_id_eb815c58 ON public.claims_evidence USING btree (measurement_id);
CREATE INDEX claims_evidence_source_id_23003ee9 ON public.claims_evidence USING btree (source_id);
CREATE INDEX claims_evidence_version_id_9c2c5d4d ON public.claims_evidence USING btree (version_id);
CREATE INDEX claims_measurement_also_in_measurement_id_2448f7f4 ON public.claims_measurement_also_in USING btree (measurement_id);
CREATE INDEX claims_measurement_also_in_source_id_ed049d00 ON public.claims_measurement_also_in USING btree (source_id);
CREATE INDEX claims_measurement_key_f5e6f740_like ON public.claims_measurement USING btree (key varchar_pattern_ops);
CREATE INDEX claims_measurement_small_body_id_406a272d ON public.claims_measurement USING btree (small_body_id);
CREATE INDEX claims_measurement_source_id_71e9f858 ON public.claims_measurement USING btree (source_id);
CREATE INDEX claims_measurement_superseded_by_id_2364bd64 ON public.claims_measurement USING btree (superseded_by_id);
CREATE INDEX claims_search ON public.claims_verdictversion USING gin (to_tsvector('english'::regconfig, search_text));
CREATE INDEX claims_source_key_98bb5f5b_like ON public.claims_source USING btree (key varchar_pattern_ops);
CREATE INDEX claims_stalemark_version_id_c2038a6a ON public.claims_stalemark USING btree (version_id);
CREATE INDEX claims_verdictversion_author_id_ece9fecc ON public.claims_verdictversion USING btree (author_id);
CREATE INDEX claims_verdictversion_claim_id_32a14dd0 ON public.claims_verdictversion USING btree (claim_id);
CREATE INDEX claims_versionedit_editor_id_1c973adb ON public.claims_versionedit USING btree (editor_id);
CREATE INDEX claims_versionedit_version_id_5519ba9b ON public.claims_versionedit USING btree (version_id);
CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);
CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX ephemeris_archivepoll_campaign_id_2c758bb9 ON public.ephemeris_archivepoll USING btree (campaign_id);
CREATE INDEX ephemeris_archivepoll_idempotency_key_10282358_like ON public.ephemeris_archivepoll USING btree (idempotency_key varchar_pattern_ops);
CREATE INDEX ephemeris_archivestatuschange_campaign_id_f95d68c3 ON public.ephemeris_archivestatuschange USING btree (campaign_id);
CREATE INDEX ephemeris_archivestatuschange_poll_id_573ec4e7 ON public.ephemeris_archivestatuschange USING btree (poll_id);
CREATE INDEX ephemeris_campaign_body_id_75e5660a ON public.ephemeris_campaign USING btree (body_id);
CREATE INDEX ephemeris_campaign_key_6eb519e6_like ON public.ephemeris_campaign USING btree (key varchar_pattern_ops);
CREATE INDEX ephemeris_ephemerissnapshot_body_id_134ede1d ON public.ephemeris_ephemerissnapshot USING btree (body_id);
CREATE INDEX ephemeris_ephemerissnapshot_solution_id_ac31c7a0 ON public.ephemeris_ephemerissnapshot USING btree (solution_id);
CREATE INDEX ephemeris_observer_code_8205c92f_like ON public.ephemeris_observer USING btree (code varchar_pattern_ops);
CREATE INDEX ephemeris_orbitsolution_body_id_c2e20afb ON public.ephemeris_orbitsolution USING btree (body_id);
CREATE INDEX ephemeris_orbitsolution_replaces_id_3773af6d ON public.ephemeris_orbitsolution USING btree (replaces_id);
CREATE INDEX ephemeris_servicerefresh_body_id_6e199906 ON public.ephemeris_servicerefresh USING btree (body_id);
CREATE INDEX ephemeris_smallbody_designation_80b94a49_like ON public.ephemeris_smallbody USING btree (designation varchar_pattern_ops);
CREATE INDEX measurement_by_quantity ON public.claims_measurement USING btree (quantity, body);
CREATE INDEX measurement_by_series ON public.claims_measurement USING btree (series);
CREATE UNIQUE INDEX one_default_solution_per_body ON public.ephemeris_orbitsolution USING btree (body_id) WHERE is_default;
CREATE UNIQUE INDEX one_open_version_per_claim ON public.claims_verdictversion USING btree (claim_id) WHERE (NOT ((state)::text = 'published'::text));
CREATE INDEX poll_by_campaign ON public.ephemeris_archivepoll USING btree (campaign_id, asked_at DESC);
CREATE INDEX refresh_by_service ON public.ephemeris_servicerefresh USING btree (service, asked_at DESC);
CREATE UNIQUE INDEX stale_mark_once ON public.claims_stalemark USING btree (version_id, reason, subject_key) WHERE (cleared_at IS NULL);
CREATE INDEX version_by_facet ON public.claims_verdictversion USING btree (verdict, topic);
CREATE INDEX version_by_next_review ON public.claims_verdictversion USING btree (next_review);
CREATE INDEX version_by_publication ON public.claims_verdictversion USING btree (published_at DESC, id DESC);
CREATE TRIGGER approval_kept BEFORE DELETE ON public.claims_approval FOR EACH ROW EXECUTE FUNCTION public.guard_approval_kept();
CREATE TRIGGER approval_only_voided BEFORE UPDATE ON public.claims_approval FOR EACH ROW EXECUTE FUNCTION public.guard_approval_only_voided();
CREATE TRIGGER approver_is_another BEFORE INSERT ON public.claims_approval FOR EACH ROW EXECUTE FUNCTION public.guard_approver_is_another();
CREATE TRIGGER claims_approval_truncate BEFORE TRUNCATE ON public.claims_approval FOR EACH STATEMENT EXECUTE FUNCTION public.guard_claims_approval_truncate();
CREATE TRIGGER claims_checkrun_delete BEFORE DELETE ON public.claims_checkrun FOR EACH ROW EXECUTE FUNCTION public.guard_claims_checkrun_delete();
CREATE TRIGGER claims_checkrun_truncate BEFORE TRUNCATE ON public.claims_checkrun FOR EACH STATEMENT EXECUTE FUNCTION public.guard_claims_checkrun_truncate();
CREATE TRIGGER claims_checkrun_update BEFORE UPDATE ON public.claims_checkrun FOR EACH ROW EXECUTE FUNCTION public.guard_claims_checkrun_update();
CREATE TRIGGER claims_editoriallog_delete BEFORE DELETE ON public.claims_editoriallog FOR EACH ROW EXECUTE FUNCTION public.guard_claims_editoriallog_delete();
CREATE TRIGGER claims_editoriallog_truncate BEFORE TRUNCATE ON public.claims_editoriallog FOR EACH STATEMENT EXECUTE FUNCTION public.guard_claims_editoriallog_truncate();
CREATE TRIGGER claims_editoriallog_update BEFORE UPDATE ON public.claims_editoriallog FOR EACH ROW EXECUTE FUNCTION public.guard_claims_editoriallog_update();
CREATE TRIGGER claims_evidence_truncate BEFORE TRUNCATE ON public.claims_evidence FOR EACH STATEMENT EXECUTE FUNCTION public.guard_claims_evidence_truncate();
CREATE TRIGGER claims_verdictversion_truncate BEFORE TRUNCATE ON public.claims_verdictversion FOR EACH STATEMENT EXECUTE FUNCTION public.guard_claims_verdictversion_truncate();
CREATE TRIGGER claims_versionedit_delete BEFORE DELETE ON public.claims_versionedit FOR EACH ROW EXECUTE FUNCTION public.guard_claims_versionedit_delete();
CREATE TRIGGER claims_versionedit_truncate BEFORE TRUNCATE ON public.claims_versionedit FOR EACH STATEMENT EXECUTE FUNCTION public.guard_claims_versionedit_truncate();
CREATE TRIGGER claims_versionedit_update BEFORE UPDATE ON public.claims_versionedit FOR EACH ROW EXECUTE FUNCTION public.guard_claims_versionedit_update();
CREATE TRIGGER edit_before_publication BEFORE INSERT ON public.claims_versionedit FOR EACH ROW EXECUTE FUNCTION public.guard_edit_before_publication();
CREATE TRIGGER ephemeris_archivepoll_delete BEFORE DELETE ON public.ephemeris_archivepoll FOR EACH ROW EXECUTE FUNCTION public.guard_ephemeris_archivepoll_delete();
CREATE TRIGGER ephemeris_archivepoll_truncate BEFORE TRUNCATE ON public.ephemeris_archivepoll FOR EACH STATEMENT EXECUTE FUNCTION public.guard_ephemeris_archivepoll_truncate();
CREATE TRIGGER ephemeris_archivepoll_update BEFORE UPDATE ON public.ephemeris_archivepoll FOR EACH ROW EXECUTE FUNCTION public.guard_ephemeris_archivepoll_update();
CREATE TRIGGER ephemeris_archivestatuschange_delete BEFORE DELETE ON public.ephemeris_archivestatuschange FOR EACH ROW EXECUTE FUNCTION public.guard_ephemeris_archivestatuschange_delete();
CREATE TRIGGER ephemeris_archivestatuschange_truncate BEFORE TRUNCATE ON public.ephemeris_archivestatuschange FOR EACH STATEMENT EXECUTE FUNCTION public.guard_ephemeris_archivestatuschange_truncate();
CREATE TRIGGER ephemeris_archivestatuschange_update BEFORE UPDATE ON public.ephemeris_archivestatuschange FOR EACH ROW EXECUTE FUNCTION public.guard_ephemeris_archivestatuschange_update();
CREATE TRIGGER ephemeris_servicerefresh_delete BEFORE DELETE ON public.ephemeris_servicerefresh FOR EACH ROW EXECUTE FUNCTION public.guard_ephemeris_servicerefresh_delete();
CREATE TRIGGER ephemeris_servicerefresh_truncate BEFORE TRUNCATE ON public.ephemeris_servicerefresh FOR EACH STATEMENT EXECUTE FUNCTION public.guard_ephemeris_servicerefresh_truncate();
CREATE TRIGGER ephemeris_servicerefresh_update BEFORE UPDATE ON public.ephemeris_servicerefresh FOR EACH ROW EXECUTE FUNCTION public.guard_ephemeris_servicerefresh_update();
CREATE TRIGGER evidence_frozen_delete BEFORE DELETE ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.guard_evidence_frozen_delete();
CREATE TRIGGER evidence_frozen_insert BEFORE INSERT ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.guard_evidence_frozen_insert();
CREATE TRIGGER evidence_frozen_update BEFORE UPDATE ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.guard_evidence_frozen_update();
CREATE TRIGGER version_approved_by_another BEFORE UPDATE ON public.claims_verdictversion FOR EACH ROW EXECUTE FUNCTION public.guard_version_approved_by_another();
CREATE TRIGGER version_frozen BEFORE UPDATE ON public.claims_verdictversion FOR EACH ROW EXECUTE FUNCTION public.guard_version_frozen();
CREATE TRIGGER version_kept BEFORE DELETE ON public.claims_verdictversion FOR EACH ROW EXECUTE FUNCTION public.guard_version_kept();
CREATE TRIGGER version_not_born_published BEFORE INSERT ON public.claims_verdictversion FOR EACH ROW EXECUTE FUNCTION public.guard_version_not_born_published();
CREATE TRIGGER version_published_from_approved BEFORE UPDATE ON public.claims_verdictversion FOR EACH ROW EXECUTE FUNCTION public.guard_version_published_from_approved();
CREATE TRIGGER void_after_edit_row AFTER INSERT ON public.claims_versionedit FOR EACH ROW EXECUTE FUNCTION public.guard_void_after_edit_row();
CREATE TRIGGER void_after_evidence_delete AFTER DELETE ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.guard_void_after_evidence_delete();
CREATE TRIGGER void_after_evidence_insert AFTER INSERT ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.guard_void_after_evidence_insert();
CREATE TRIGGER void_after_evidence_update AFTER UPDATE ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.guard_void_after_evidence_update();
CREATE TRIGGER void_after_text_change AFTER UPDATE ON public.claims_verdictversion FOR EACH ROW EXECUTE FUNCTION public.guard_void_after_text_change();
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_group_id_97559544_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_6a12ed8b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permi_permission_id_1fbb5f2c_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_a95ead1b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_appearance
    ADD CONSTRAINT claims_appearance_claim_id_e65ab55a_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_appearance
    ADD CONSTRAINT claims_appearance_source_id_4626fe55_fk_claims_source_id FOREIGN KEY (source_id) REFERENCES public.claims_source(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_approval
    ADD CONSTRAINT claims_approval_approver_id_887c6ed3_fk_auth_user_id FOREIGN KEY (approver_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_approval
    ADD CONSTRAINT claims_approval_version_id_c80d0faf_fk_claims_verdictversion_id FOREIGN KEY (version_id) REFERENCES public.claims_verdictversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_assertedquantity
    ADD CONSTRAINT claims_assertedquantity_claim_id_5fd5d513_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_checkrun
    ADD CONSTRAINT claims_checkrun_claim_id_a5d892c9_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claim
    ADD CONSTRAINT claims_claim_assigned_to_id_5e597702_fk_auth_user_id FOREIGN KEY (assigned_to_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claim
    ADD CONSTRAINT claims_claim_body_id_2e49f1a3_fk_ephemeris_smallbody_id FOREIGN KEY (body_id) REFERENCES public.ephemeris_smallbody(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claim
    ADD CONSTRAINT claims_claim_current_version_id_40a60407_fk_claims_ve FOREIGN KEY (current_version_id) REFERENCES public.claims_verdictversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimcheck
    ADD CONSTRAINT claims_claimcheck_claim_id_7ffa580f_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimrelation
    ADD CONSTRAINT claims_claimrelation_claim_id_d2ad6de8_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimrelation
    ADD CONSTRAINT claims_claimrelation_other_id_53ba6384_fk_claims_claim_id FOREIGN KEY (other_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_editoriallog
    ADD CONSTRAINT claims_editoriallog_actor_id_abaf9234_fk_auth_user_id FOREIGN KEY (actor_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_editoriallog
    ADD CONSTRAINT claims_editoriallog_claim_id_80a15911_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_editoriallog
    ADD CONSTRAINT claims_editoriallog_version_id_448823d8_fk_claims_ve FOREIGN KEY (version_id) REFERENCES public.claims_verdictversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_campaign_id_2fb22280_fk_ephemeris_campaign_id FOREIGN KEY (campaign_id) REFERENCES public.ephemeris_campaign(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_check_run_id_2fa3039e_fk_claims_checkrun_id FOREIGN KEY (check_run_id) REFERENCES public.claims_checkrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_measurement_id_eb815c58_fk_claims_me FOREIGN KEY (measurement_id) REFERENCES public.claims_measurement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_source_id_23003ee9_fk_claims_source_id FOREIGN KEY (source_id) REFERENCES public.claims_source(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_version_id_9c2c5d4d_fk_claims_verdictversion_id FOREIGN KEY (version_id) REFERENCES public.claims_verdictversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_measurement_also_in
    ADD CONSTRAINT claims_measurement_a_measurement_id_2448f7f4_fk_claims_me FOREIGN KEY (measurement_id) REFERENCES public.claims_measurement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_measurement_also_in
    ADD CONSTRAINT claims_measurement_a_source_id_ed049d00_fk_claims_so FOREIGN KEY (source_id) REFERENCES public.claims_source(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_measurement
    ADD CONSTRAINT claims_measurement_small_body_id_406a272d_fk_ephemeris FOREIGN KEY (small_body_id) REFERENCES public.ephemeris_smallbody(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_measurement
    ADD CONSTRAINT claims_measurement_source_id_71e9f858_fk_claims_source_id FOREIGN KEY (source_id) REFERENCES public.claims_source(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_measurement
    ADD CONSTRAINT claims_measurement_superseded_by_id_2364bd64_fk_claims_me FOREIGN KEY (superseded_by_id) REFERENCES public.claims_measurement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_stalemark
    ADD CONSTRAINT claims_stalemark_version_id_c2038a6a_fk_claims_ve FOREIGN KEY (version_id) REFERENCES public.claims_verdictversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_verdictversion
    ADD CONSTRAINT claims_verdictversion_author_id_ece9fecc_fk_auth_user_id FOREIGN KEY (author_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_verdictversion
    ADD CONSTRAINT claims_verdictversion_claim_id_32a14dd0_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_versionedit
    ADD CONSTRAINT claims_versionedit_editor_id_1c973adb_fk_auth_user_id FOREIGN KEY (editor_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_versionedit
    ADD CONSTRAINT claims_versionedit_version_id_5519ba9b_fk_claims_ve FOREIGN KEY (version_id) REFERENCES public.claims_verdictversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ephemeris_archivepoll
    ADD CONSTRAINT ephemeris_archivepol_campaign_id_2c758bb9_fk_ephemeris FOREIGN KEY (campaign_id) REFERENCES public.ephemeris_campaign(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ephemeris_archivestatuschange
    ADD CONSTRAINT ephemeris_archivesta_campaign_id_f95d68c3_fk_ephemeris FOREIGN KEY (campaign_id) REFERENCES public.ephemeris_campaign(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ephemeris_archivestatuschange
    ADD CONSTRAINT ephemeris_archivesta_poll_id_573ec4e7_fk_ephemeris FOREIGN KEY (poll_id) REFERENCES public.ephemeris_archivepoll(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ephemeris_campaign
    ADD CONSTRAINT ephemeris_campaign_body_id_75e5660a_fk_ephemeris_smallbody_id FOREIGN KEY (body_id) REFERENCES public.ephemeris_smallbody(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ephemeris_ephemerissnapshot
    ADD CONSTRAINT ephemeris_ephemeriss_body_id_134ede1d_fk_ephemeris FOREIGN KEY (body_id) REFERENCES public.ephemeris_smallbody(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ephemeris_ephemerissnapshot
    ADD CONSTRAINT ephemeris_ephemeriss_solution_id_ac31c7a0_fk_ephemeris FOREIGN KEY (solution_id) REFERENCES public.ephemeris_orbitsolution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ephemeris_orbitsolution
    ADD CONSTRAINT ephemeris_orbitsolut_body_id_c2e20afb_fk_ephemeris FOREIGN KEY (body_id) REFERENCES public.ephemeris_smallbody(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ephemeris_orbitsolution
    ADD CONSTRAINT ephemeris_orbitsolut_replaces_id_3773af6d_fk_ephemeris FOREIGN KEY (replaces_id) REFERENCES public.ephemeris_orbitsolution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ephemeris_servicerefresh
    ADD CONSTRAINT ephemeris_serviceref_body_id_6e199906_fk_ephemeris FOREIGN KEY (body_id) REFERENCES public.ephemeris_smallbody(id) DEFERRABLE INITIALLY DEFERRED;
