import { readFileSync } from "node:fs";
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from "aws-cdk-lib";
import { type DeliveryFault, deliveryFaults } from "./delivery-rules.ts";

/**
 * Fails synthesis on settings that would lose or stall messages. It reads the finished templates, so that it also sees
 * changes by aspects and escape hatches. Its findings cannot be suppressed.
 */
export class DeliveryChecks implements IPolicyValidationPlugin {
  readonly name = "DeliveryChecks";

  validate({ stackTemplates }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = stackTemplates.flatMap(({ templatePath }) =>
      deliveryFaults(JSON.parse(readFileSync(templatePath, "utf8"))).map((fault) => violation(fault, templatePath)),
    );
    return { success: violations.length === 0, violations };
  }
}

function violation({ rule, logicalId, property, problem, mend }: DeliveryFault, templatePath: string) {
  return {
    ruleName: rule,
    description: `${problem} ${mend}`,
    severity: "fatal",
    violatingResources: [{ resourceLogicalId: logicalId, templatePath, locations: [`Properties.${property}`] }],
  };
}
