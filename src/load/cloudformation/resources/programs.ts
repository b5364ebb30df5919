import type { ResourceKind } from '../resource-kind.ts';

/** What runs a program with a role of its own: it may publish, whether something starts it in sight or not. */
export const programs: readonly ResourceKind[] = [
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html
  { type: 'AWS::ECS::TaskDefinition', component: 'task' },
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-jobdefinition.html
  { type: 'AWS::Batch::JobDefinition', component: 'task' },
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-project.html
  { type: 'AWS::CodeBuild::Project', component: 'build' },
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-job.html
  { type: 'AWS::Glue::Job', component: 'other' },
];
