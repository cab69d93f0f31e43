import { sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { accountDomainsSql } from "./accounts.ts";
import { components, keep } from "./components.ts";

/** Raised when the rules below change, so that history is resolved again. */
export const identityRulesVersion = "1";

/**
 * Works out who is who and writes it to the temporary table `resolved_identities` (identity, person), for identifiers
 * that are not their own person. A person is the smallest identity of its group.
 *
 * - Identifiers that a source put together are the same person, unless one of them is shared (info@).
 * - A browser or device goes with the one person it was linked to; linked to two or more, it is a shared device and
 *   none of its links counts.
 * - Decisions come last: `merge` always links, `split` blocks a pair's own link, `undo` withdraws the decision before.
 *   The last decision on a pair counts.
 *
 * Accounts of several sources with the same web domain are one account, named by the smallest identity of account and
 * domain; they stand in the same table.
 *
 * The result is a function of the set of links, whatever their order.
 *
 * @param store the workspace
 */
export async function resolveIdentities(store: Store): Promise<void> {
  await keepLinks(store);
  await components(
    store,
    "person_components",
    sql`SELECT a, b FROM usable_links WHERE NOT a_anonymous AND NOT b_anonymous
      UNION ALL SELECT a, b FROM standing_decisions WHERE action = 'merge'`,
  );
  await components(
    store,
    "device_components",
    sql`SELECT a, b FROM usable_links WHERE a_anonymous AND b_anonymous`,
  );
  await keepDevices(store);
  await components(store, "account_components", accountDomainsSql(store.dialect));
  await keep(
    store,
    "resolved_identities",
    sql`WITH members AS (
        SELECT node AS identity, label AS component FROM person_components
        UNION
        SELECT component, component FROM device_people
        UNION
        SELECT identity, component FROM device_people
      ), smallest AS (
        SELECT component, min(identity) AS person FROM members GROUP BY component
      )
      SELECT m.identity, s.person FROM members AS m JOIN smallest AS s ON s.component = m.component
      WHERE m.identity <> s.person
      UNION ALL
      SELECT node AS identity, label AS person FROM account_components WHERE node <> label`,
  );
}

async function keepLinks(store: Store): Promise<void> {
  const { dialect } = store;
  const latest = dialect.lastWhen(sql`action`, sql`decided_at`, null);
  await keep(
    store,
    "standing_decisions",
    sql`SELECT left_identity AS a, right_identity AS b, ${latest} AS action
      FROM ledger.merges GROUP BY left_identity, right_identity`,
  );
  await keep(
    store,
    "usable_links",
    sql`WITH personal AS (
        SELECT identity, kind = 'anonymous' AS is_anonymous FROM ledger.identities
        WHERE kind IN ('email', 'phone', 'id', 'anonymous')
          AND is_shared IS NOT TRUE AND deleted IS NOT TRUE
      ), blocked AS (
        SELECT a, b FROM standing_decisions WHERE action = 'split'
      )
      SELECT l.left_identity AS a, l.right_identity AS b,
        x.is_anonymous AS a_anonymous, y.is_anonymous AS b_anonymous
      FROM ledger.identity_links AS l
      JOIN personal AS x ON x.identity = l.left_identity
      JOIN personal AS y ON y.identity = l.right_identity
      LEFT JOIN blocked ON blocked.a = least(l.left_identity, l.right_identity)
        AND blocked.b = greatest(l.left_identity, l.right_identity)
      WHERE blocked.a IS NULL AND l.deleted IS NOT TRUE`,
  );
}

/** Each device with the component of the one person it belongs to; shared devices are left out. */
async function keepDevices(store: Store): Promise<void> {
  await keep(
    store,
    "device_people",
    sql`WITH contacts AS (
        SELECT a AS device, b AS contact FROM usable_links WHERE a_anonymous AND NOT b_anonymous
        UNION SELECT b, a FROM usable_links WHERE b_anonymous AND NOT a_anonymous
      ), devices AS (
        SELECT device FROM contacts UNION SELECT node FROM device_components
      ), grouped AS (
        SELECT d.device, coalesce(c.label, d.device) AS device_group
        FROM devices AS d LEFT JOIN device_components AS c ON c.node = d.device
      ), claims AS (
        SELECT g.device_group, coalesce(p.label, c.contact) AS component
        FROM grouped AS g JOIN contacts AS c ON c.device = g.device
        LEFT JOIN person_components AS p ON p.node = c.contact
        UNION
        SELECT g.device_group, p.label
        FROM grouped AS g JOIN person_components AS p ON p.node = g.device
      ), owners AS (
        SELECT device_group, min(component) AS component FROM claims
        GROUP BY device_group HAVING min(component) = max(component)
      ), unclaimed AS (
        SELECT g.device_group FROM grouped AS g
        LEFT JOIN claims AS c ON c.device_group = g.device_group WHERE c.device_group IS NULL
      )
      SELECT g.device AS identity, o.component
      FROM grouped AS g JOIN owners AS o ON o.device_group = g.device_group
      UNION
      SELECT g.device, g.device_group
      FROM grouped AS g JOIN unclaimed AS u ON u.device_group = g.device_group`,
  );
}
