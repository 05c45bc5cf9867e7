import { expect, test } from "vitest";
import { onceMore } from "../../../shared/leavers/once-more.ts";
import { newRow } from "../../../shared/ledger/row.ts";
import { placeAfter, placeOf } from "../../../shared/operation/place.ts";
import { operationOf } from "../../support/operations.ts";

const rename = operationOf("rename", { user: "bob@x.com", do: [{ update: { email: "ada@x.com" } }] });
const leaver = (sequence: string) => ({
  ...newRow(operationOf(`leaver${sequence}`, { user: "ada@x.com", do: [{ removeFromOrg: {} }] })),
  place: placeOf(sequence, 0),
});

test("Leavers go once more right after the rename, in their own order, and before all that comes after it", () => {
  const after = placeOf("5", 1);
  const again = ["70", "800"].map((sequence) => onceMore(leaver(sequence), rename, after, 0).place ?? "");
  const places = [after, ...again, placeOf("5", 2), placeAfter("5"), placeOf("6", 0)];
  expect(places.toSorted()).toEqual(places);
  expect(new Set(places).size).toBe(places.length);
});
