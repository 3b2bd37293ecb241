"""Deploys one template to moto's CloudFormation, in this process, resource by resource, and says what became of each.

Reads JSON from standard input: {"template", "stack", "region", "assets": [S3 keys], "bootstrap", "answers": {attribute: text}}.
Writes JSON: {"created": [[logical id, type]], "failed": [[logical id, type, error]], "unsupported": {type: how many},
"found": what is there afterwards, as the services themselves tell it}.
moto makes what it knows and skips what it does not; what raises here would end its deployment, and is told instead.
"""
import io
import json
import os
import sys
import traceback
import zipfile

given = json.load(sys.stdin)
os.environ.update(
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION=given["region"],
)

import boto3  # noqa: E402
from moto import mock_aws  # noqa: E402
from moto.cloudformation import parsing  # noqa: E402
from moto.cloudformation.custom_model import CustomModel  # noqa: E402

created, failed, unsupported, done = [], [], {}, set()
create = parsing.parse_and_create_resource


def made_by_nobody(logical_id, kind, physical_id, attributes):
    """What moto does not make, so that whatever refers to it can be made: its id is a name, or an alias's ARN."""
    made = CustomModel(given["region"], "request", logical_id, physical_id)
    made.set_data(attributes)
    made.cf_resource_type = kind
    made.logical_resource_id = logical_id
    return made


def stand_in(logical_id, kind, resource_json, resources_map):
    properties = resource_json.get("Properties", {})
    if kind.startswith("Custom::"):
        # What its function would have put at the callback address.
        return made_by_nobody(logical_id, kind, logical_id, given["answers"])
    if kind == "AWS::Lambda::Alias":
        function = resources_map[properties["FunctionName"]["Ref"]].get_cfn_attribute("Arn")
        arn = f"{function}:{properties['Name']}"
        # moto has aliases, only not in its CloudFormation.
        boto3.client("lambda").create_alias(
            FunctionName=function, Name=properties["Name"], FunctionVersion="$LATEST"
        )
        return made_by_nobody(logical_id, kind, arn, {"AliasArn": arn})
    name = f"{given['stack']}-{logical_id}"
    service = kind.split("::")[1].lower()
    arn = f"arn:aws:{service}:{given['region']}:123456789012:{name}"
    return made_by_nobody(logical_id, kind, name, {"Arn": arn})


def told(logical_id, resource_json, resources_map, account_id, region_name):
    kind = resource_json["Type"]
    first = logical_id not in done
    done.add(logical_id)
    try:
        made = None
        if not kind.startswith("Custom::"):
            made = create(logical_id, resource_json, resources_map, account_id, region_name)
    except Exception as error:  # whatever moto raises is what is looked for
        if first:
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{os.path.basename(os.path.dirname(where.filename))}/{os.path.basename(where.filename)}"
            failed.append([logical_id, kind, f"{type(error).__name__}: {error} ({place})"])
        return None
    if made is None:
        if first:
            unsupported[kind] = unsupported.get(kind, 0) + 1
        return stand_in(logical_id, kind, resource_json, resources_map)
    if first:
        created.append([logical_id, kind])
    return made


parsing.parse_and_create_resource = told


def found():
    client = lambda service: boto3.client(service, region_name=given["region"])  # noqa: E731
    dynamodb = client("dynamodb")
    tables = [dynamodb.describe_table(TableName=name)["Table"] for name in dynamodb.list_tables()["TableNames"]]
    functions = client("lambda").list_functions(MaxItems=100)["Functions"]
    endpoints = client("ec2").describe_vpc_endpoints()["VpcEndpoints"]
    return {
        "tables": [
            {
                "keys": [key["AttributeName"] for key in table["KeySchema"]],
                "protected": table.get("DeletionProtectionEnabled"),
                "encryption": table.get("SSEDescription", {}).get("SSEType"),
            }
            for table in tables
        ],
        "functions": [
            {"runtime": each["Runtime"], "variables": each.get("Environment", {}).get("Variables", {})}
            for each in functions
        ],
        "endpoints": [each["ServiceName"] for each in endpoints],
        "roles": len(client("iam").list_roles(MaxItems=1000)["Roles"]),
    }


with mock_aws(config={"lambda": {"use_docker": False}}):
    account = boto3.client("sts").get_caller_identity()["Account"]
    s3 = boto3.client("s3", region_name=given["region"])
    bucket = f"cdk-hnb659fds-assets-{account}-{given['region']}"
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": given["region"]})
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("index.mjs", "export const handler = async () => null;")
    for key in given["assets"]:
        s3.put_object(Bucket=bucket, Key=key, Body=archive.getvalue())
    boto3.client("ssm").put_parameter(
        Name="/cdk-bootstrap/hnb659fds/version", Value=given["bootstrap"], Type="String"
    )
    s3.put_object(Bucket=bucket, Key="template.json", Body=json.dumps(given["template"]))
    stack = None
    try:
        boto3.client("cloudformation").create_stack(
            StackName=given["stack"],
            TemplateURL=f"https://s3.amazonaws.com/{bucket}/template.json",
            Capabilities=["CAPABILITY_IAM"],
        )
    except Exception as error:
        stack = f"{type(error).__name__}: {error}"
        traceback.print_exc()
    json.dump(
        {"created": created, "failed": failed, "unsupported": unsupported, "stack": stack, "found": found()},
        sys.stdout,
    )
