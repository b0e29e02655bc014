#!/usr/bin/env bash
# A bucket that is there, with a notification that the CDK adds, is never done: functions in Python have no boto3.
#
# Software    MiniStack 1.5.33 (PyPI), aws-cdk-lib 2.276.0 and constructs 10.8.1 (npm)
# Run on      2026-12-01, Python 3.11, Node 24.21
# Input       a stack with a queue, and a bucket by its name that tells the queue of what is created. The template is as the CDK makes it,
#             with a function in Python of the CDK's own.
# Guessed     the stack is made. Lambda's Python has boto3, MiniStack comes with botocore, and it deploys stacks whose bucket is made
#             by them.
# Happens     the stack is being created for as long as anybody waits: the function begins with `import boto3`, and ends there, before it
#             could tell that it failed. The package's extra `full` does not bring boto3 either. Once it is installed beside
#             MiniStack, another stack of the same template is made in seconds.
# Matters     who tries an app of the CDK on it sees neither an error nor an end. Install boto3 into its environment.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"
source "$support/servers.sh"

install_npm aws-cdk-lib@2.276.0 constructs@10.8.1
start_ministack 1.5.33

cat > app.cjs << 'APP'
const { App, Stack } = require('aws-cdk-lib');
const { Bucket, EventType } = require('aws-cdk-lib/aws-s3');
const { SqsDestination } = require('aws-cdk-lib/aws-s3-notifications');
const { Queue } = require('aws-cdk-lib/aws-sqs');
const stack = new Stack(new App({ outdir: 'out' }), 'Mine');
const bucket = Bucket.fromBucketName(stack, 'There', 'feeds');
bucket.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(new Queue(stack, 'Queue')));
stack.node.root.synth();
APP
node app.cjs

# created NAME SECONDS: makes a stack, waits that long at most, and prints its state.
created() {
  s3 "$address" << PYTHON
import time
formation = boto3.client('cloudformation', endpoint_url='$address', region_name='us-east-1',
  aws_access_key_id='any', aws_secret_access_key='any')
formation.create_stack(StackName='$1', TemplateBody=open('out/Mine.template.json').read(), Capabilities=['CAPABILITY_IAM'],
  Parameters=[{'ParameterKey': 'BootstrapVersion', 'ParameterValue': '/version'}])
for second in range($2):
  state = formation.describe_stacks(StackName='$1')['Stacks'][0]['StackStatus']
  if not state.endswith('IN_PROGRESS'): break
  time.sleep(1)
print(state)
PYTHON
}

s3 "$address" > parameter.txt << PYTHON
boto3.client('ssm', endpoint_url='$address', region_name='us-east-1', aws_access_key_id='any',
  aws_secret_access_key='any').put_parameter(Name='/version', Value='30', Type='String')
PYTHON
expect 'after two minutes' CREATE_IN_PROGRESS "$(created First 120)"
expect 'its log names boto3' yes "$(has_text "No module named 'boto3'" server.log)"
pip --quiet --disable-pip-version-check install boto3==1.43.106
expect 'with boto3' CREATE_COMPLETE "$(created Second 120)"
finish
