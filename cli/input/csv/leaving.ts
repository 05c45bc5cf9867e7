import { compact } from "./fields.ts";

/** Headings under which HR systems tell that people leave or have left, in the languages of their exports. */
const leaving = [
  /(?<!marital|civil|veteran|visa|immigration|citizenship|disability|tax|flsa)status|employ(ment|ee)state|statut$/,
  /terminat|^term(date|reason|type)?$/,
  /leaver|leaving|leave(date|reason)$|^left|dateleft|datum?left/,
  /end(date|s?on)|dateofend|end(of)?(employment|contract|service|work)|(employment|contract|service)end$|^end$/,
  /lastday|last(working|worked|employment)day|lastdateworked|finalday|(valid|active|employed)(to|until)$/,
  /^exit|exit(date|day|reason|type)|separat|resign|offboard|dismiss|departure|departed|departing|retire(d|ment)?date/,
  /(contract|employment|account)expir|(deactivated|deleted|removed)(at|on|date|datetime)$/,
  /austritt|kundig|beschaftigungsende|vertragsende|enddatum|ausgeschieden|letzterarbeitstag/,
  /datede(sortie|depart|fin)|date(sortie|depart|fin)|findecontrat|fecha(de)?(baja|salida|fin|terminacion)/,
  /data(de)?(saida|fine|demissao|desligamento)|cessazione|uitdienst|einddatum/,
];
/**
 * Headings of a yes or no. Under `enabled` anything but a yes is a sign of leaving, under `disabled` anything but a no.
 */
const enabled = /^(account|is|user)?(enabled|active)$/;
const disabled = /^(account|is|user)?(inactive|disabled|suspended|blocked|archived|deactivated|deleted|removed)$/;
const yes = /^(true|yes|y|1|active|enabled|ja|oui|si|wahr|vrai)$/i;
const no = /^(false|no|n|0|nein|non|falsch|faux)$/i;

/** Values that say in any column that somebody has left. */
const left =
  /^(terminat(ed|ion|ing)|leaver|left|has left|resigned|resignation|dismissed|dismissal|retired|retirement|inactive|deactivated|separation|offboarded|offboarding|exited|departed|former( employee)?)$/i;

/**
 * Returns whether a value under this heading tells that somebody leaves, has left, or is staying. A file with such a
 * column is not a list of joiners only.
 */
export function leavingSign(heading: string): (value: string) => boolean {
  const name = compact(heading);
  if (enabled.test(name)) return (value) => value !== "" && !yes.test(value);
  if (disabled.test(name)) return (value) => value !== "" && !no.test(value);
  return leaving.some((pattern) => pattern.test(name)) ? (value) => value !== "" : (value) => left.test(value);
}
