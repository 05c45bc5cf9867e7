import { type Subject, subjects } from "./subjects.ts";

/**
 * The subjects that the arguments name: folders, or files of them, perhaps with lines (`:10-20`). Without arguments all.
 *
 * @throws if an argument names none
 */
export function chosen(names: readonly string[]): Subject[] {
  const all = subjects.map((subject) => ({
    ...subject,
    files: subject.files.map((name) => `${subject.folder}/${name}.ts`),
  }));
  if (names.length === 0) return all;
  for (const name of names)
    if (!all.some(({ folder, files }) => partOf(name, folder, files).length > 0))
      throw new Error(
        `${name} is none of these folders, nor a file of theirs that is tried: ${all.map(({ folder }) => folder).join(", ")}`,
      );
  return all
    .map((subject) => ({ ...subject, files: names.flatMap((name) => partOf(name, subject.folder, subject.files)) }))
    .filter(({ files }) => files.length > 0);
}

function partOf(name: string, folder: string, files: readonly string[]): readonly string[] {
  if (name.replace(/\/$/, "") === folder) return files;
  return files.includes(name.replace(/:[\d-]+$/, "")) ? [name] : [];
}
