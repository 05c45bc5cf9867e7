/** Groups that every caller adds its people to, and that nobody changes. */
export const sharedGroups = ["TestGroup1", "Creative Cloud 1"] as const;
export const domain = "example.com";

/** A person whom a caller believes to be in the organisation. */
export interface Person {
  /** How commands name them: an email, or a username with its domain. */
  readonly user: string;
  readonly isUsername: boolean;
  /** An Adobe ID may have the email of another account, and keeps its own. */
  readonly isAdobeID: boolean;
  readonly groups: Set<string>;
}

/** A caller's view of its part of the organisation. */
export interface Part {
  people: Person[];
  groups: string[];
  /** Emails of people who have left. */
  free: string[];
}
