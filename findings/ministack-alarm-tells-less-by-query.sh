#!/usr/bin/env bash
# The same alarm watches one queue for a new client, and nothing in particular for one of 2024.
#
# Software    MiniStack 1.5.33, boto3 1.44.8 and boto3 1.35.0 (PyPI)
# Run on      2026-12-01, Python 3.11
# Input       PutMetricAlarm on the age of the oldest message of one queue, and DescribeAlarms by both clients. The old one speaks the query
#             protocol of CloudWatch, as AWS still does, the new one another.
# Guessed     DescribeAlarms gives all that an alarm was made with, whoever asks.
# Happens     the new client is given everything. The old one is given neither dimensions nor statistic, period, description
#             or what missing data means.
# Matters     a check that each alarm watches what is there finds none that does; tools that compare an alarm with what they want
#             make it again each time.
source "$(dirname "${BASH_SOURCE[0]}")/support/finding.sh"
source "$support/servers.sh"

start_ministack 1.5.33
python3 -m venv old
old/bin/pip --quiet --disable-pip-version-check install boto3==1.35.0

# watch CLIENT: runs the Python of standard input, which has a client `watch` of CloudWatch, and prints one value.
watch() {
  { cat << PYTHON
import boto3
watch = boto3.client('cloudwatch', endpoint_url='$address', region_name='us-east-1', aws_access_key_id='any',
  aws_secret_access_key='any')
PYTHON
    cat
  } | "$1/bin/python" -
}

watch client << 'PYTHON'
watch.put_metric_alarm(AlarmName='late', Namespace='AWS/SQS', MetricName='ApproximateAgeOfOldestMessage',
  Dimensions=[{'Name': 'QueueName', 'Value': 'articles'}], Statistic='Maximum', Period=300, EvaluationPeriods=1, Threshold=900,
  ComparisonOperator='GreaterThanThreshold', TreatMissingData='notBreaching', AlarmDescription='Too late')
PYTHON
named="names = ['AlarmDescription', 'Dimensions', 'MetricName', 'Period', 'Statistic', 'TreatMissingData']
[alarm] = watch.describe_alarms()['MetricAlarms']; print(*[each for each in names if alarm.get(each)])"
expect 'told to the new client' 'AlarmDescription Dimensions MetricName Period Statistic TreatMissingData' "$(watch client <<< "$named")"
expect 'told to the old client' 'MetricName' "$(watch old <<< "$named")"
finish
