// Asks a guard over HTTP: go run ./ask http://127.0.0.1:8787 MARKING ROUTE. The credentials are the environment's.
package main

import (
	"context"
	"fmt"
	"os"

	"example.com/routeguard"
	"github.com/aws/aws-sdk-go-v2/aws"
)

func main() {
	credentials := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: os.Getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY"),
			SessionToken: os.Getenv("AWS_SESSION_TOKEN")}, nil
	})
	transport, err := routeguard.HTTP(os.Args[1], "us-east-1", credentials)
	if err != nil {
		panic(err)
	}
	message, path := map[string]any{"id": "m-1", "marking": os.Args[2]}, map[string]any{"route": os.Args[3]}
	result := routeguard.New(transport, nil).Decide(context.Background(), map[string]any{"message": message, "path": path})
	if result.Send && result.Current() {
		fmt.Println("send")
	} else {
		fmt.Println("do not send:", result.Cause, result.Reasons)
	}
}
