export function mountCompare() {}
