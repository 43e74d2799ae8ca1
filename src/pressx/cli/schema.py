"""`pressx schema`: the JSON Schema of the output."""

import json

from pressx.cli.ending import ending


@ending()
def schema_cli() -> None:
    """Print the JSON Schema of a record.

    Example: pressx schema > pressx.schema.json
    """
    from pressx.records import Release

    print(json.dumps(Release.model_json_schema(mode="serialization"), indent=2))
