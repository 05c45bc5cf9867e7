import { rmSync } from "node:fs";
import { AssetCode, type CodeConfig } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

/** Goes when its function or layer has it: from then on CDK works with the copy in its output. */
export class TemporaryCode extends AssetCode {
  override bind(scope: Construct): CodeConfig {
    try {
      return super.bind(scope);
    } finally {
      rmSync(this.path, { recursive: true, force: true });
    }
  }
}
