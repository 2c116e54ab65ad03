/* The powers that are read in a clause, and what is proposed for those that the reviewer lets stand. */

const WORST_FIRST = ["absent", "weak", "by_reference", "present"];

/** The powers, each with whether it is `rejected`; every safeguard once, as it stands for the power it protects least.

Where it stands otherwise for another power, `byPower` tells each with its own state.
*/
export function standing(read, rejected = new Set()) {
  const powers = (read?.powers ?? []).map((power) => ({ ...power, rejected: rejected.has(power.id) }));
  const left = powers.filter((power) => !power.rejected);
  if (!left.length) return { powers, safeguards: [] };
  const asked = (read.asked ?? []).map((id) => ({ safeguard: id, state: null, applies: true, reason: "", evidence: [] }));
  if (powers.length === 1) return { powers, safeguards: [...read.safeguards, ...asked] };
  return { powers, safeguards: [...merged(left), ...asked] };
}

function merged(powers) {
  const found = new Map();
  for (const power of powers) {
    for (const one of power.safeguards) {
      const held = found.get(one.safeguard) ?? { worst: null, each: [] };
      if (!held.worst || weight(one) < weight(held.worst)) held.worst = one;
      if (one.applies) held.each.push({ name: power.name, state: one.state });
      found.set(one.safeguard, held);
    }
  }
  return [...found.values()].map(({ worst, each }) => {
    const differ = new Set(each.map(({ state }) => state)).size > 1;
    return differ ? { ...worst, byPower: each } : worst;
  });
}

function weight(one) {
  return (one.applies ? 0 : WORST_FIRST.length) + WORST_FIRST.indexOf(one.state);
}
