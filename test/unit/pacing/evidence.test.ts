import { describe, expect, test } from "vitest";
import {
  afterRequest,
  type Evidence,
  evidenceSchema,
  isProven,
  isSuspicious,
  maySendSuspects,
  nextEndAt,
  noEvidence,
} from "../../../shared/pacing/evidence.ts";

const known: Evidence = { others: [true, false], sinceSuspects: 3, outageAt: 50, latestAt: 90 };

test("A lane that has sent nothing has no evidence", () => {
  expect(noEvidence).toEqual({ others: [], sinceSuspects: 0, outageAt: 0, latestAt: 0 });
});

test("What an earlier version has stored has no latest end", () => {
  const { latestAt: _, ...before } = known;
  expect(evidenceSchema.parse(before)).toEqual({ ...before, latestAt: 0 });
});

describe("the end of a request is later than the one before it", () => {
  test.each([
    [91, 91],
    [90, 91],
    [0, 91],
    [200, 200],
  ])("at %d, whatever the clock of the invocation says: %d", (now, end) => {
    expect(nextEndAt(known, now)).toBe(end);
  });
});

describe("after a request", () => {
  test.each(["work", "probe"] as const)("of %s that went well, that is remembered", (of) => {
    expect(afterRequest(known, of, "well", 100)).toEqual({
      others: [true, false, true],
      sinceSuspects: 4,
      outageAt: 50,
      latestAt: 100,
    });
  });

  test("of work that went badly, that is remembered, and is no outage yet", () => {
    expect(afterRequest(known, "work", "badly", 100)).toEqual({
      others: [true, false, false],
      sinceSuspects: 4,
      outageAt: 50,
      latestAt: 100,
    });
  });

  test("in test mode that went badly there is an outage", () => {
    expect(afterRequest(known, "probe", "badly", 100)).toMatchObject({ others: [true, false, false], outageAt: 100 });
  });

  test.each(["work", "probe"] as const)("of %s that says nothing about Adobe, only its time counts", (of) => {
    expect(afterRequest(known, of, undefined, 100)).toEqual({ ...known, sinceSuspects: 4, latestAt: 100 });
  });

  test.each(["well", "badly", undefined] as const)("of suspects that went %s, nothing is known of others", (went) => {
    expect(afterRequest(known, "suspects", went, 100)).toEqual({ ...known, sinceSuspects: 0, latestAt: 100 });
  });

  test("the latest end never goes back", () => {
    for (const whose of ["work", "suspects"] as const) expect(afterRequest(known, whose, "well", 80).latestAt).toBe(90);
  });

  test("twenty of others are remembered, the newest last", () => {
    let evidence = noEvidence;
    for (let index = 0; index < 25; index++)
      evidence = afterRequest(evidence, "work", index % 7 === 0 ? "badly" : "well", index);
    const expected = Array.from({ length: 20 }, (_, index) => (index + 5) % 7 !== 0);
    expect(evidence.others).toEqual(expected);
  });
});

describe("an operation is a suspect", () => {
  const suspicious = (faults: number, lastFaultAt: number | undefined, lastSuccessAt: number) =>
    isSuspicious({ faults, ...(lastFaultAt === undefined ? {} : { lastFaultAt }) }, known, lastSuccessAt);

  test("once it has failed twice while Adobe answered others", () => {
    expect(suspicious(2, 51, 52)).toBe(true);
    expect(suspicious(3, 51, 52)).toBe(true);
    expect(suspicious(1, 51, 52)).toBe(false);
  });

  test("unless nobody was answered since", () => {
    expect(suspicious(2, 51, 51)).toBe(false);
    expect(suspicious(2, 51, 50)).toBe(false);
  });

  test("unless its failure was in an outage", () => {
    expect(suspicious(2, 50, 60)).toBe(false);
    expect(suspicious(2, 49, 60)).toBe(false);
    expect(suspicious(2, undefined, 60)).toBe(false);
  });
});

describe("the next failure of a suspect is its own", () => {
  const well = (count: number): boolean[] => Array(count).fill(true);
  const proven = (others: boolean[], lastFaultAt: number | undefined = 51, lastSuccessAt = 52) =>
    isProven({ faults: 2, ...(lastFaultAt === undefined ? {} : { lastFaultAt }) }, { ...known, others }, lastSuccessAt);

  test("if the last ten requests of others went well", () => {
    expect(proven(well(10))).toBe(true);
    expect(proven(well(9))).toBe(false);
    expect(proven([...well(9), false])).toBe(false);
    expect(proven([false, ...well(9)])).toBe(false);
    expect(proven([...well(10), false, ...well(5)])).toBe(false);
    expect(proven([])).toBe(false);
  });

  test("and of the twenty at most two did not, which may have been its own", () => {
    expect(proven([false, false, ...well(10)])).toBe(true);
    expect(proven([false, false, false, ...well(10)])).toBe(false);
    expect(proven(well(20))).toBe(true);
  });

  test("and Adobe has answered others since its last failure", () => {
    expect(proven(well(10), 51, 51)).toBe(false);
    expect(proven(well(10), 51, 50)).toBe(false);
    expect(isProven({ faults: 2 }, { ...known, others: well(10) }, 52)).toBe(false);
  });
});

test.each([
  { sinceSuspects: 3, isLastWell: true, may: false },
  { sinceSuspects: 4, isLastWell: true, may: true },
  { sinceSuspects: 5, isLastWell: true, may: true },
  { sinceSuspects: 0, isLastWell: false, may: false },
  { sinceSuspects: 1, isLastWell: false, may: true },
])("Suspects take every fifth request, and one after a failure of others: %o", ({ sinceSuspects, isLastWell, may }) => {
  expect(maySendSuspects({ ...known, others: [isLastWell, !isLastWell, isLastWell], sinceSuspects })).toBe(may);
});
