#!/usr/bin/env node
/** Makes `npx umapi` run the project's own command in its folder with every npm, without asking the registry. */
import "../../cli/umapi.js";
