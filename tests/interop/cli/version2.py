"""What version 2 of the AWS CLI says and does where version 1, which is compared with, does not.

Each names the file of version 2 that it is from.
"""

import re

# `awscli/topics/return-codes.rst` of both versions.
SERVICE, USAGE = 254, 252


def code(asked, code, text):
    """The exit code that version 2 has where version 1 has this one."""
    if code == 0:
        return 0
    if code == 2:
        return USAGE
    if text.startswith("An error occurred ("):
        return SERVICE
    if text.startswith(TWICE):
        return USAGE
    if text.startswith("Error parsing parameter"):
        # Version 1 may have fetched the parameter.
        return USAGE
    if text.startswith("priv-launch-key should be"):
        # `awscli/customizations/ec2/decryptpassword.py`: a `ValueError`, which is none of usage.
        return code
    # `json.loads` says so, too (`awscli/customizations/datapipeline/__init__.py`).
    if text.startswith("SessionManagerPlugin is not found"):
        # `awscli/customizations/ecs/executecommand.py`: a `ValueError`, too.
        return code
    others = ("Error during pagination", "invalid literal for ", "Expecting ", "Could not connect to ")
    if text.startswith(others):
        return code
    return code if asked else USAGE


# `awscli/customizations/paginate.py`: there it is an error of its own.
TWICE = "Error during pagination: Cannot specify"


def message(text, words):
    """The message that version 2 has where version 1 has this one for these words."""
    choice = re.match(r"argument ([\w-]+): Invalid choice, valid choices are:", text)
    if choice:
        # `awscli/argparser.py`: it tells what was said in place of all that can be.
        name = choice[1]
        value = words[words.index(name) + 1] if name in words else words[0]
        return f"argument {name}: Found invalid choice '{value}'"
    if text.startswith(TWICE):
        return text.removeprefix("Error during pagination: ")
    if re.match(r"Error parsing parameter 'cli-input-json': Invalid JSON: ", text):
        # `awscli/customizations/cliinput.py`: it does not say where the JSON ends to be any.
        return "Error parsing parameter 'cli-input-json': Invalid JSON received."
    if text.startswith("protocol parameter should be one of") and _is_number(words):
        # `awscli/customizations/ec2/secgroupsimplify.py`: version 1 catches its own error.
        return "protocol numbers must be in the range 0-255 or -1 to specify all protocols"
    return text


def _is_number(words):
    return words[words.index("--protocol") + 1].isdigit()
