export default function () { return 1; }
export function named() {}
