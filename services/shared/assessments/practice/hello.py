greeting = "Hello from the practice workspace"

print(greeting)
