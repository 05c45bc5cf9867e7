/** By their first letters, the second ones. */
const SECOND_LETTERS = {
  A: "DEFGILMOQRSTUWXZ",
  B: "ABDEFGHIJLMNOQRSTVWYZ",
  C: "ACDFGHIKLMNORUVWXYZ",
  D: "EJKMOZ",
  E: "CEGHRST",
  F: "IJKMOR",
  G: "ABDEFGHILMNPQRSTUWY",
  H: "KMNRTU",
  I: "DELMNOQRST",
  J: "EMOP",
  K: "EGHIMNPRWYZ",
  L: "ABCIKRSTUVY",
  M: "ACDEFGHKLMNOPQRSTUVWXYZ",
  N: "ACEFGILOPRUZ",
  O: "M",
  P: "AEFGHKLMNRSTWY",
  Q: "A",
  R: "EOSUW",
  S: "ABCDEGHIJKLMNORSTVXYZ",
  T: "CDFGHJKLMNORTVWZ",
  U: "AGMSYZ",
  V: "ACEGINU",
  W: "FS",
  Y: "ET",
  Z: "AMW",
};

/**
 * The 249 codes that ISO 3166-1 assigns. Reserved ones, such as UK and EU, and withdrawn ones, which the runtime's own
 * list of regions has as well, are none.
 */
export const COUNTRIES: ReadonlySet<string> = new Set(
  Object.entries(SECOND_LETTERS).flatMap(([first, seconds]) => [...seconds].map((second) => first + second)),
);
