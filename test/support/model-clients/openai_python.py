"""What a candidate writes with openai for Python, with nothing but what the workspace presets. Prints one JSON object."""

import asyncio
import json
import math

import openai
from pydantic import BaseModel

client = openai.OpenAI(max_retries=0)
HELLO = [{"role": "user", "content": "Hello"}]
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


class Triage(BaseModel):
    label: str
    urgent: bool


def chat():
    answer = client.chat.completions.create(model="chat", messages=HELLO)
    return {"text": answer.choices[0].message.content, "tokens": answer.usage.total_tokens}


async def stream():
    async with openai.AsyncOpenAI(max_retries=0) as parallel:
        pieces = await parallel.chat.completions.create(model="chat", messages=HELLO, stream=True)
        texts = [piece.choices[0].delta.content or "" async for piece in pieces if piece.choices]
    return {"text": "".join(texts), "pieces": len(texts)}


def tools():
    messages = [{"role": "user", "content": 'get weather of "Lisbon"'}]
    asked = client.chat.completions.create(model="chat", messages=messages, tools=[WEATHER]).choices[0].message
    call = asked.tool_calls[0]
    messages += [asked, {"role": "tool", "tool_call_id": call.id, "content": "21 degrees"}]
    told = client.chat.completions.create(model="chat", messages=messages, tools=[WEATHER])
    return {
        "name": call.function.name,
        "arguments": json.loads(call.function.arguments),
        "text": told.choices[0].message.content,
    }


def structured():
    answer = client.beta.chat.completions.parse(model="chat", messages=HELLO, response_format=Triage)
    return answer.choices[0].message.parsed.model_dump()


def responses():
    answer = client.responses.create(model="chat", input="Hello")
    pieces = [event.delta for event in client.responses.create(model="chat", input="Hello", stream=True)
              if event.type == "response.output_text.delta"]
    return {"text": answer.output_text, "streamed": "".join(pieces), "pieces": len(pieces)}


def embeddings():
    answer = client.embeddings.create(model="embedding", input=["a late refund", "a lost password"])
    vectors = [one.embedding for one in answer.data]
    return {"lengths": [len(vector) for vector in vectors], "norms": [math.hypot(*vector) for vector in vectors]}


def abort():
    with client.chat.completions.create(model="slow", messages=HELLO, stream=True) as pieces:
        for piece in pieces:
            if piece.choices and piece.choices[0].delta.content:
                return {"text": piece.choices[0].delta.content}


def refusal(ask):
    try:
        ask()
    except openai.APIStatusError as error:
        return {
            "class": type(error).__name__,
            "status": error.status_code,
            "code": error.code,
            "message": error.body["message"],
        }


def errors():
    ask = client.chat.completions.create
    assistant = openai.OpenAI(base_url="http://models.internal/assistant/v1", max_retries=0)
    return {
        "bad": refusal(lambda: ask(model="chat", messages=HELLO, max_tokens=10**6)),
        "rejected": refusal(lambda: ask(model="rejecting", messages=HELLO)),
        "forbidden": refusal(lambda: assistant.chat.completions.create(model="helper", messages=HELLO)),
        "missing": refusal(lambda: ask(model="nothing", messages=HELLO)),
        "spent": refusal(lambda: ask(model="dear", messages=HELLO)),
        "locked": refusal(lambda: ask(model="locked", messages=HELLO)),
    }


print(json.dumps({
    "chat": chat(),
    "stream": asyncio.run(stream()),
    "tools": tools(),
    "structured": structured(),
    "responses": responses(),
    "embeddings": embeddings(),
    "abort": abort(),
    "errors": errors(),
}))
