/** The second letters of codes, by their first letter. */
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
 * The 249 codes that ISO 3166-1 assigns. The runtime's own list of regions also has reserved codes, such as UK and EU,
 * and withdrawn ones; these are left out.
 */
export const COUNTRIES: ReadonlySet<string> = new Set(
  Object.entries(SECOND_LETTERS).flatMap(([first, seconds]) => [...seconds].map((second) => first + second)),
);
